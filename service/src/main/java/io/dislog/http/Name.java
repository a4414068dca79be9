package io.dislog.http;

import io.dislog.shard.Names;

/** What logs, consumers and nodes may be called. */
final class Name {

  static final String PATTERN = "[a-z0-9][a-z0-9._-]{0,127}";

  private Name() {}

  /** A consumer's name, refused where it can't be one. */
  static String ofConsumer(String name) {
    if (!Names.isValid(name)) {
      throw new ProblemException(invalidConsumer(name));
    }
    return name;
  }

  static Problem invalidLog(String name) {
    return invalid(name, "a log's name", ProblemType.INVALID_LOG_NAME);
  }

  static Problem invalidConsumer(String name) {
    return invalid(name, "a consumer's name", ProblemType.INVALID_CONSUMER_NAME);
  }

  static Problem invalidNode(String id) {
    return invalid(id, "a node's id", ProblemType.BAD_REQUEST);
  }

  private static Problem invalid(String name, String what, ProblemType type) {
    return Problem.of(type, "'%s' is not %s: %s".formatted(Text.safe(name), what, PATTERN));
  }
}
