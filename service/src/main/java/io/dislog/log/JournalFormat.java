package io.dislog.log;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A journal as bytes; big-endian.
 *
 * <pre>
 *   0            16           24             32        40         44     48
 *   +------------+------------+--------------+---------+----------+------+-------+-------+--
 *   | FileHeader | generation | snapshot end | promise | CRC-32C  | zero | entry | entry | ..
 *   +------------+------------+--------------+---------+----------+------+-------+-------+--
 *   entry:  u32 length, u32 CRC-32C, bytes
 * </pre>
 *
 * An entry's checksum covers the generation and the entry's position, so that what an older
 * generation left behind is never taken for an entry; so does the promise's.
 */
final class JournalFormat {

  static final String MAGIC = "DSLGJRNL";
  static final int NUMBERS = 2;
  static final int PROMISE_AT = FileHeader.size(NUMBERS);
  static final int PROMISE_BYTES = 16;
  static final int ENTRIES_AT = PROMISE_AT + PROMISE_BYTES;
  static final int ENTRY_HEAD_BYTES = 8;

  private JournalFormat() {}

  /** Bytes of so many entries. */
  static int size(List<byte[]> state) {
    return state.stream().mapToInt(entry -> ENTRY_HEAD_BYTES + entry.length).sum();
  }

  static void put(ByteBuffer to, byte[] entry, long generation, long position) {
    to.putInt(entry.length)
        .putInt(checksum(ByteBuffer.wrap(entry), generation, position))
        .put(entry);
  }

  static ByteBuffer promise(long generation, long end) {
    ByteBuffer promise = ByteBuffer.allocate(PROMISE_BYTES).putLong(end);
    promise.putInt(checksum(promise.duplicate().flip(), generation, PROMISE_AT)).putInt(0);
    return promise.flip();
  }

  static int checksum(ByteBuffer bytes, long generation, long position) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(16).putLong(generation).putLong(position).flip());
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
