package io.dislog.http;

import java.util.List;
import java.util.OptionalLong;

/** What the values of {@link io.dislog.shard.Setting#DURABILITY} are called. */
final class DurabilityName {

  private static final List<String> BY_VALUE = List.of("fsync", "buffered");

  private DurabilityName() {}

  static String of(long value) {
    return BY_VALUE.get((int) value);
  }

  /** The value of a name; empty where it is none. */
  static OptionalLong value(String name) {
    int value = BY_VALUE.indexOf(name);
    return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
