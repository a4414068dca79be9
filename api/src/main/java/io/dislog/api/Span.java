package io.dislog.api;

import java.util.OptionalLong;

/**
 * A duration as clients and operators write it: {@code 45s}, {@code 30m}, {@code 12h}, {@code 7d}.
 */
public enum Span {
  DAYS('d', 24 * 60 * 60 * 1000L),
  HOURS('h', 60 * 60 * 1000L),
  MINUTES('m', 60 * 1000L),
  SECONDS('s', 1000L);

  private final char unit;
  private final long millis;

  Span(char unit, long millis) {
    this.unit = unit;
    this.millis = millis;
  }

  /** Milliseconds of a duration; empty where the text is none. */
  public static OptionalLong parse(String text) {
    for (Span span : values()) {
      if (text.length() > 1 && text.charAt(text.length() - 1) == span.unit) {
        OptionalLong count = Digits.parse(text.substring(0, text.length() - 1));
        return count.isPresent() && count.getAsLong() <= Long.MAX_VALUE / span.millis
            ? OptionalLong.of(count.getAsLong() * span.millis)
            : OptionalLong.empty();
      }
    }
    return OptionalLong.empty();
  }

  /** A duration in the largest unit that divides it; parts of a second are left out. */
  public static String print(long millis) {
    for (Span span : values()) {
      if (millis != 0 && millis % span.millis == 0) {
        return millis / span.millis + String.valueOf(span.unit);
      }
    }
    return millis / SECONDS.millis + "s";
  }
}
