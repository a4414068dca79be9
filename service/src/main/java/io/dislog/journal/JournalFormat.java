package io.dislog.journal;

import io.dislog.disk.FileHeader;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A journal as bytes; big-endian.
 *
 * <pre>
 *   0            16           24             32        40         44     48
 *   +------------+------------+--------------+---------+----------+------+-------+-------+--
 *   | FileHeader | generation | snapshot end | synced  | CRC-32C  | zero | entry | entry | ..
 *   +------------+------------+--------------+---------+----------+------+-------+-------+--
 *   entry:  u32 length, u32 CRC-32C, bytes
 * </pre>
 *
 * An entry's checksum covers the generation and the entry's position, so that what an older
 * generation left behind is never taken for an entry; so does the synced end's.
 */
final class JournalFormat {

  static final String MAGIC = "DSLGJRNL";
  static final int NUMBERS = 2;
  static final int SYNCED_AT = FileHeader.size(NUMBERS);
  static final int SYNCED_BYTES = 16;
  static final int ENTRIES_AT = SYNCED_AT + SYNCED_BYTES;
  static final int ENTRY_HEAD_BYTES = 8;

  /** No change of a state is larger: what claims to be is no entry. */
  static final int MAX_ENTRY_BYTES = 64 << 10;

  /** Files are written and read in pieces of this size, however large they are. */
  static final int PIECE_BYTES = 64 << 10;

  private JournalFormat() {}

  /** Bytes of so many entries. */
  static long size(Iterable<byte[]> state) {
    long size = 0;
    for (byte[] entry : state) {
      size += ENTRY_HEAD_BYTES + entry.length;
    }
    return size;
  }

  static void put(ByteBuffer to, byte[] entry, long generation, long position) {
    if (entry.length > MAX_ENTRY_BYTES) {
      throw new IllegalArgumentException("an entry of %d bytes".formatted(entry.length));
    }
    to.putInt(entry.length)
        .putInt(checksum(ByteBuffer.wrap(entry), generation, position))
        .put(entry);
  }

  static ByteBuffer syncedEnd(long generation, long end) {
    ByteBuffer mark = ByteBuffer.allocate(SYNCED_BYTES).putLong(end);
    mark.putInt(checksum(mark.duplicate().flip(), generation, SYNCED_AT)).putInt(0);
    return mark.flip();
  }

  static int checksum(ByteBuffer bytes, long generation, long position) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(16).putLong(generation).putLong(position).flip());
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
