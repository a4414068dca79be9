package io.dislog.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dislog.command.LogSettings;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.exchange.Query;
import io.dislog.http.notation.Text;
import io.dislog.shard.LogView;
import java.io.IOException;

/** Which configuration an answer shows. */
enum ConfigView {
  /** The one in force. */
  EFFECTIVE,
  /** What a log, or a patch of the defaults, says itself. */
  OWN;

  /** What a request asks for. */
  static ConfigView of(Query query) {
    String wanted = query.text("config");
    if (wanted == null || wanted.equals("effective")) {
      return EFFECTIVE;
    }
    if (wanted.equals("own")) {
      return OWN;
    }
    throw ProblemException.badRequest(
        "'config' is neither effective nor own: " + Text.safe(wanted));
  }

  void write(LogView log, JsonGenerator json) throws IOException {
    write(log.settings(), log.own(), json);
  }

  void write(LogSettings effective, LogSettings own, JsonGenerator json) throws IOException {
    switch (this) {
      case EFFECTIVE -> ConfigJson.write(effective, json);
      case OWN -> ConfigJson.writeOwn(own, json);
    }
  }
}
