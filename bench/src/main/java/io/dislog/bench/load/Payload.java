package io.dislog.bench.load;

import java.nio.charset.StandardCharsets;

/** What records carry: text, which no server here compresses. Stateless. */
public final class Payload {

  private static final String SENTENCE = "All work and no play makes Jack a dull boy. ";

  private Payload() {}

  /** A text without line breaks, in ASCII. */
  public static String text(int bytes) {
    return SENTENCE.repeat(bytes / SENTENCE.length() + 1).substring(0, bytes);
  }

  public static byte[] bytes(int count) {
    return text(count).getBytes(StandardCharsets.US_ASCII);
  }
}
