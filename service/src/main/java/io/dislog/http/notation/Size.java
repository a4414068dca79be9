package io.dislog.http.notation;

import java.util.OptionalLong;

/** Bytes as clients and operators write them: an integer, with or without a binary suffix. */
public final class Size {

  private static final String UNITS = "KMGT";

  private Size() {}

  /** Bytes of {@code 65536}, {@code 64Ki}, {@code 50Gi}; empty where the text is no such size. */
  public static OptionalLong parse(String text) {
    if (!text.endsWith("i") || text.length() < 3) {
      return Digits.parse(text);
    }
    int unit = UNITS.indexOf(text.charAt(text.length() - 2));
    OptionalLong count = Digits.parse(text.substring(0, text.length() - 2));
    if (unit < 0 || count.isEmpty()) {
      return OptionalLong.empty();
    }
    int shift = 10 * (unit + 1);
    long bytes = count.getAsLong() << shift;
    return bytes >> shift == count.getAsLong() ? OptionalLong.of(bytes) : OptionalLong.empty();
  }
}
