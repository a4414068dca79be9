package io.dislog.api;

import java.util.OptionalLong;

/** Bytes as clients and operators write them: an integer, with or without a binary suffix. */
public final class ByteSize {

  private static final String UNITS = "KMGT";

  private ByteSize() {}

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

  /** Bytes as people read them: the largest unit of which there is at least one, rounded down. */
  public static String readable(long bytes) {
    for (int power = UNITS.length(); power > 0; power--) {
      long unit = 1L << (10 * power);
      if (bytes >= unit) {
        long whole = bytes / unit;
        long tenths = bytes % unit * 10 / unit;
        String fraction = whole < 10 && tenths > 0 ? "." + tenths : "";
        return "%d%s%ci".formatted(whole, fraction, UNITS.charAt(power - 1));
      }
    }
    return bytes + " bytes";
  }
}
