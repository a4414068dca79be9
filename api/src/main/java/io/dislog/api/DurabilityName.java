package io.dislog.api;

import java.util.List;
import java.util.OptionalLong;

/** What the values of {@link Setting#DURABILITY} are called. */
public final class DurabilityName {

  private static final List<String> BY_VALUE = List.of("fsync", "buffered");

  private DurabilityName() {}

  public static String of(long value) {
    return BY_VALUE.get((int) value);
  }

  /** The value of a name; empty where it is none. */
  public static OptionalLong value(String name) {
    int value = BY_VALUE.indexOf(name);
    return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
