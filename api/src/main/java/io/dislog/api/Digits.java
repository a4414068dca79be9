package io.dislog.api;

import java.util.OptionalLong;

/** Numbers as they may stand in parameters and headers: decimal digits and nothing else. */
public final class Digits {

  /** More digits than the largest long has are never read. */
  private static final int MAX = 19;

  private Digits() {}

  /** A number from 0 to 2^63-1; empty where the text is anything else. */
  public static OptionalLong parse(String text) {
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.empty();
    }
    String digits = text.replaceFirst("^0+(?=.)", "");
    if (digits.length() > MAX
        || (digits.length() == MAX && digits.compareTo("9223372036854775807") > 0)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(digits));
  }
}
