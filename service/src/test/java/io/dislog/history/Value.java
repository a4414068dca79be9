package io.dislog.history;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  /** The ids of values that stand one behind the other, up to the first that is not whole. */
  public static List<String> idsOf(byte[] bytes) {
    List<String> ids = new ArrayList<>();
    int at = 0;
    while (at < bytes.length && (ids.isEmpty() || !isDamaged(ids.getLast()))) {
      int end = at + length(bytes, at);
      ids.add(idOf(Arrays.copyOfRange(bytes, at, Math.min(end, bytes.length))));
      at = end;
    }
    return ids;
  }

  /** How long the value at a place is, or all that is left where none is. */
  private static int length(byte[] bytes, int at) {
    int left = bytes.length - at;
    Matcher matcher = HEAD.matcher(new String(bytes, at, Math.min(left, HEAD_BYTES), ISO_8859_1));
    return matcher.lookingAt() ? matcher.end() + Integer.parseInt(matcher.group(2)) : left;
  }

  /** The id that a string of JSON carries, or bytes do: see {@link #idOf}. */
  public static String idOfRecord(byte[] bytes) {
    boolean quoted = bytes.length > 1 && bytes[0] == '"' && bytes[bytes.length - 1] == '"';
    return idOf(quoted ? Arrays.copyOfRange(bytes, 1, bytes.length - 1) : bytes);
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
