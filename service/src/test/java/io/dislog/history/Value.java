package io.dislog.history;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The bytes of a record that say of themselves whose they are and whether they are whole: its id,
 * its length and a checksum, then letters. Printable, so that every format can carry them.
 */
public final class Value {

  private static final Pattern HEAD = Pattern.compile("(\\w+\\.\\d+)/(\\d+)/([0-9a-f]+)/");
  private static final int HEAD_BYTES = 80;

  private Value() {}

  /**
   * The id of a client's record.
   *
   * @param client of word characters
   * @param number its own among the client's records
   */
  public static String id(String client, long number) {
    return client + "." + number;
  }

  /**
   * The bytes that carry an id.
   *
   * @param filling letters that follow it
   */
  public static byte[] bytes(String id, int filling) {
    byte[] letters = new byte[filling];
    Random random = new Random(id.hashCode());
    for (int i = 0; i < filling; i++) {
      letters[i] = (byte) ('a' + random.nextInt(26));
    }
    String head = "%s/%d/%x/".formatted(id, filling, checksum(id, letters));
    byte[] bytes = Arrays.copyOf(head.getBytes(ISO_8859_1), head.length() + filling);
    System.arraycopy(letters, 0, bytes, head.length(), filling);
    return bytes;
  }

  /** The id that bytes carry, or words that no id is equal to where they are not whole. */
  public static String idOf(byte[] bytes) {
    String head = new String(bytes, 0, Math.min(bytes.length, HEAD_BYTES), ISO_8859_1);
    Matcher matcher = HEAD.matcher(head);
    if (matcher.lookingAt()) {
      byte[] letters = Arrays.copyOfRange(bytes, matcher.end(), bytes.length);
      String id = matcher.group(1);
      if (matcher.group(2).equals(Integer.toString(letters.length))
          && matcher.group(3).equals(Long.toHexString(checksum(id, letters)))) {
        return id.intern();
      }
    }
    return "damaged: " + head;
  }

  static boolean isDamaged(String id) {
    return id.startsWith("damaged");
  }

  private static long checksum(String id, byte[] letters) {
    CRC32C checksum = new CRC32C();
    checksum.update(id.getBytes(ISO_8859_1));
    checksum.update(letters);
    return checksum.getValue();
  }
}
