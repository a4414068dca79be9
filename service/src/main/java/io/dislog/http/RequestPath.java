package io.dislog.http;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The path of a request, as it was sent. */
final class RequestPath {

  private static final String LOGS = "/v1/logs/";

  private RequestPath() {}

  /**
   * What is wrong with a path that other servers would straighten: empty, dotted and parametrised
   * segments are refused here, so that no two paths ever mean the same log.
   */
  static @Nullable Problem flaw(String path) {
    if (path.length() > 1 && crooked(path.toLowerCase(Locale.ROOT))) {
      return path.startsWith(LOGS)
          ? Problem.of(ProblemType.INVALID_LOG_NAME, "a segment of the path is no name")
          : Problem.of(ProblemType.NOT_FOUND, "there is nothing at " + Text.safe(path));
    }
    return null;
  }

  /** The name behind {@code /v1/logs/}, or null where the path is about no log. */
  static @Nullable String logName(String path) {
    if (!path.startsWith(LOGS)) {
      return null;
    }
    int end = path.indexOf('/', LOGS.length());
    ByteBuffer name = Percent.decode(path.substring(LOGS.length(), end < 0 ? path.length() : end));
    return name == null ? null : Utf8.decode(name);
  }

  private static boolean crooked(String path) {
    if (path.indexOf("//") < 0
        && path.indexOf(';') < 0
        && path.indexOf("/.") < 0
        && path.indexOf("/%2e") < 0
        && !path.endsWith("/")) {
      return false;
    }
    for (String segment : path.substring(1).split("/", -1)) {
      String dots = segment.replace("%2e", ".");
      if (dots.isEmpty() || dots.equals(".") || dots.equals("..") || dots.indexOf(';') >= 0) {
        return true;
      }
    }
    return false;
  }
}
