package io.dislog.http.access;

import io.dislog.access.LogName;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.notation.RequestPath;
import io.dislog.http.notation.StreamName;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;

/**
 * What headers ask for beside what method and path say. A header that is there more than once, and
 * so refused later, counts as whatever any of them says.
 */
final class Extras {

  private static final String CLOSE = "Dislog-Close";
  private static final String STREAM_CLOSED = "Stream-Closed";
  private static final String FORKED_FROM = "Stream-Forked-From";

  private Extras() {}

  /** Whether an append closes the log, too. */
  static boolean closes(Exchange exchange) {
    String header = exchange.path().streamPath() == null ? CLOSE : STREAM_CLOSED;
    return exchange.request().method().equals(HttpMethod.POST)
        && exchange.request().headers().getAll(header).stream().anyMatch("true"::equalsIgnoreCase);
  }

  /** The logs of which a stream is to be a fork: one, or none. */
  static List<LogName> sources(Exchange exchange) {
    List<LogName> sources = new ArrayList<>();
    if (exchange.path().streamPath() != null
        && exchange.request().method().equals(HttpMethod.PUT)) {
      for (String from : exchange.request().headers().getAll(FORKED_FROM)) {
        String path = RequestPath.of(from).streamPath();
        if (path != null && StreamName.isPath(path)) {
          sources.add(new LogName(StreamName.ofPath(path), path));
        }
      }
    }
    return sources;
  }
}
