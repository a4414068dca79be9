package io.dislog.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The start of every file: what it is, in which version, and a few numbers; big-endian.
 *
 * <pre>
 *   0          8         12        16
 *   +----------+---------+---------+------------------
 *   | magic    | version | CRC-32C | numbers, u64 each
 *   +----------+---------+---------+------------------
 * </pre>
 *
 * The checksum is over the numbers.
 */
public final class FileHeader {

  static final int VERSION = 1;

  private static final int VERSION_AT = 8;
  private static final int NUMBERS_AT = 16;

  private FileHeader() {}

  /** Bytes of a header with so many numbers. */
  public static int size(int numbers) {
    return NUMBERS_AT + Long.BYTES * numbers;
  }

  public static ByteBuffer encode(String magic, long... numbers) {
    ByteBuffer header = ByteBuffer.allocate(size(numbers.length));
    header.put(magic.getBytes(StandardCharsets.US_ASCII)).putInt(VERSION).putInt(0);
    for (long number : numbers) {
      header.putLong(number);
    }
    header.flip();
    return header.putInt(NUMBERS_AT - Integer.BYTES, checksum(header));
  }

  /**
   * What is wrong with the header that the buffer holds from its position to its limit, or null.
   */
  public static @Nullable Flaw flaw(ByteBuffer header, String magic, int numbers) {
    if (header.remaining() < size(numbers)) {
      return new Flaw(
          "a header of %d bytes".formatted(size(numbers)), header.remaining() + " bytes");
    }
    byte[] found = new byte[magic.length()];
    header.get(header.position(), found);
    if (!magic.equals(new String(found, StandardCharsets.US_ASCII))) {
      return new Flaw("magic " + magic, "other bytes");
    }
    int version = header.getInt(header.position() + VERSION_AT);
    if (version != VERSION) {
      return new Flaw("format version " + VERSION, "version " + version);
    }
    int stored = header.getInt(header.position() + 12);
    int computed = checksum(header);
    return stored == computed
        ? null
        : new Flaw("header checksum %08x".formatted(stored), "%08x".formatted(computed));
  }

  /**
   * Refuses a file that a newer Dislog wrote, before anything is done to it: what can't be read
   * would be taken for what a crash left. A flipped bit can't be told from that.
   *
   * @param at where in the file the header stands
   */
  public static void checkVersion(DiskFile file, long at, String magic, Path path)
      throws IOException {
    ByteBuffer begin = ByteBuffer.allocate(NUMBERS_AT);
    if (file.read(begin, at) == NUMBERS_AT
        && magic.equals(new String(begin.array(), 0, magic.length(), StandardCharsets.US_ASCII))
        && begin.getInt(VERSION_AT) > VERSION) {
      throw new DamageException(
          path.getFileName().toString(),
          at + VERSION_AT,
          "format version " + VERSION,
          "version %d, as a newer Dislog writes".formatted(begin.getInt(VERSION_AT)));
    }
  }

  /** One of a sound header's numbers. */
  public static long number(ByteBuffer header, int number) {
    return header.getLong(header.position() + NUMBERS_AT + Long.BYTES * number);
  }

  private static int checksum(ByteBuffer header) {
    CRC32C crc = new CRC32C();
    crc.update(header.duplicate().position(header.position() + NUMBERS_AT));
    return (int) crc.getValue();
  }
}
