package io.dislog.http;

import io.dislog.shard.Names;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The path of a request, as it was sent. */
final class RequestPath {

  private static final String LOGS = "/v1/logs/";

  private static final String RECORDS = "/records";

  private RequestPath() {}

  /**
   * What is wrong with a path that other servers would straighten: empty, dotted and parametrised
   * segments are refused here, so that no two paths ever mean the same log.
   */
  static @Nullable Problem flaw(String path) {
    boolean readable = Percent.decode(path) != null;
    if (readable && !crooked(path.toLowerCase(Locale.ROOT))) {
      return null;
    }
    String name = logName(path);
    if (path.startsWith(LOGS) && (name == null || !Names.isValid(name))) {
      return Problem.of(
          ProblemType.INVALID_LOG_NAME, "a log's name is expected in " + Text.safe(path));
    }
    return readable
        ? Problem.of(ProblemType.NOT_FOUND, "there is nothing at " + Text.safe(path))
        : Problem.of(ProblemType.BAD_REQUEST, "the path is not percent-encoded UTF-8");
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

  /** The name in {@code /v1/logs/{log}/records}, or null where the path is another one. */
  static @Nullable String logOfRecords(String path) {
    return path.endsWith(RECORDS)
            && path.indexOf('/', LOGS.length()) == path.length() - RECORDS.length()
        ? logName(path)
        : null;
  }

  private static boolean crooked(String path) {
    if (!path.contains("//")
        && !path.contains("/.")
        && !path.contains("/%2e")
        && path.indexOf(';') < 0
        && !path.endsWith("/")) {
      return false;
    }
    String[] segments = path.split("/", -1);
    for (int i = 1; i < segments.length; i++) {
      String dots = segments[i].replace("%2e", ".");
      boolean empty = dots.isEmpty() && !path.equals("/");
      if (empty || dots.equals(".") || dots.equals("..") || dots.indexOf(';') >= 0) {
        return true;
      }
    }
    return false;
  }
}
