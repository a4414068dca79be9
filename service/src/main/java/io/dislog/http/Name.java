package io.dislog.http;

import io.dislog.shard.Names;

/** What logs and consumers may be called. */
final class Name {

  static final String PATTERN = "[a-z0-9][a-z0-9._-]{0,127}";

  private Name() {}

  /** A log's name, refused where it can't be one. */
  static String ofLog(String name) {
    return checked(name, ProblemType.INVALID_LOG_NAME, "a log's name");
  }

  /** A consumer's name, refused where it can't be one. */
  static String ofConsumer(String name) {
    return checked(name, ProblemType.INVALID_CONSUMER_NAME, "a consumer's name");
  }

  private static String checked(String name, ProblemType type, String what) {
    if (!Names.isValid(name)) {
      throw new Refused(type, "'%s' is not %s: %s".formatted(Text.safe(name), what, PATTERN));
    }
    return name;
  }
}
