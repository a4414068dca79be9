package io.dislog.http.exchange;

import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.Text;
import io.dislog.shard.Names;

/** What logs, consumers and nodes may be called. */
public final class Name {

  public static final String PATTERN = "[a-z0-9][a-z0-9._-]{0,127}";

  private Name() {}

  /** A consumer's name, refused where it can't be one. */
  public static String ofConsumer(String name) {
    if (!Names.isValid(name)) {
      throw new ProblemException(invalidConsumer(name));
    }
    return name;
  }

  public static Problem invalidLog(String name) {
    return invalid(name, "a log's name", ProblemType.INVALID_LOG_NAME);
  }

  public static Problem invalidConsumer(String name) {
    return invalid(name, "a consumer's name", ProblemType.INVALID_CONSUMER_NAME);
  }

  public static Problem invalidNode(String id) {
    return invalid(id, "a node's id", ProblemType.BAD_REQUEST);
  }

  private static Problem invalid(String name, String what, ProblemType type) {
    return Problem.of(type, "'%s' is not %s: %s".formatted(Text.safe(name), what, PATTERN));
  }
}
