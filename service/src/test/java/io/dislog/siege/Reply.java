package io.dislog.siege;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Map;

/**
 * What the service answered.
 *
 * @param headers by name in lower case
 */
record Reply(int status, Map<String, String> headers, String body) {

  Reply(int status, Map<String, String> headers, byte[] body) {
    this(status, headers, new String(body, UTF_8));
  }

  /** This reply, where it has that status. */
  Reply is(int expected) throws IOException {
    if (status != expected) {
      throw new UnwantedAnswer("status " + status + " " + problem());
    }
    return this;
  }

  private String problem() {
    int type = body.indexOf("/problems/");
    return type < 0 ? "" : body.substring(type, Math.max(type, body.indexOf('"', type)));
  }
}
