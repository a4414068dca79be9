package io.dislog.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dislog.command.LogSettings;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.exchange.Query;
import io.dislog.http.notation.Text;
import io.dislog.shard.LogView;

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

  ObjectNode json(LogView log) {
    ObjectNode config = json(log.settings(), log.own());
    TraitsJson.put(log.traits(), config);
    return config;
  }

  ObjectNode json(LogSettings effective, LogSettings own) {
    return switch (this) {
      case EFFECTIVE -> ConfigJson.json(effective);
      case OWN -> ConfigJson.ownJson(own);
    };
  }
}
