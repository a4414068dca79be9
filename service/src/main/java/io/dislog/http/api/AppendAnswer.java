package io.dislog.http.api;

import io.dislog.command.Command.Appended;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.notation.MediaType;
import io.dislog.http.notation.Time;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The answer to an append, put together by hand because it is the most frequent one of all. */
final class AppendAnswer {

  private static final Pattern MINIMAL =
      Pattern.compile("(?i)(^|.*,)[ \t]*return[ \t]*=[ \t]*\"?minimal\"?[ \t]*([,;].*|$)");

  private AppendAnswer() {}

  static void send(Exchange exchange, String log, Appended appended) {
    String base = Long.toString(appended.baseOffset());
    String next = Long.toString(appended.nextOffset());
    exchange
        .with("Location", "/v1/logs/" + log + "/records/" + base)
        .with("Dislog-Base-Offset", base)
        .with("Dislog-Next-Offset", next);
    if (appended.duplicate()) {
      exchange.with("Dislog-Duplicate", "true");
    }
    int status = appended.duplicate() ? 200 : 201;
    String prefer = exchange.headerList("Prefer");
    if (prefer != null && MINIMAL.matcher(prefer).matches()) {
      exchange.with("Preference-Applied", "return=minimal").send(status);
    } else {
      exchange.send(status, MediaType.JSON, json(log, base, next, appended));
    }
  }

  private static Buffer json(String log, String base, String next, Appended appended) {
    String json =
        "{\"log\":\""
            + log
            + "\",\"baseOffset\":"
            + base
            + ",\"lastOffset\":"
            + appended.lastOffset()
            + ",\"count\":"
            + appended.count()
            + ",\"nextOffset\":"
            + next
            + ",\"timestamp\":\""
            + Time.print(appended.time())
            + "\"}";
    return Buffer.buffer(json.getBytes(StandardCharsets.US_ASCII));
  }
}
