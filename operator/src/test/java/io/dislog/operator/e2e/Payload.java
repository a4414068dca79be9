package io.dislog.operator.e2e;

import java.util.SplittableRandom;

/** What the record at an offset of a log holds, so that nobody need remember it. Stateless. */
final class Payload {

  private static final int MAX_WORDS = 60;

  private Payload() {}

  static String of(String log, long offset) {
    SplittableRandom random = new SplittableRandom(log.hashCode() * 31L + offset);
    StringBuilder text = new StringBuilder("%s %d".formatted(log, offset));
    for (int words = random.nextInt(1, MAX_WORDS); words > 0; words--) {
      text.append(' ').append(Long.toHexString(random.nextLong()));
    }
    return text.toString();
  }
}
