package io.dislog.log;

import io.dislog.disk.Flaw;
import io.dislog.log.Record.Header;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A record as bytes, in a store file and on the wire alike; big-endian.
 *
 * <pre>
 *   0        4     5        9        17       25
 *   +--------+-----+--------+--------+--------+-----------+---------------+---------
 *   | length |flags| CRC-32C| offset |  time  | key       | headers       | value
 *   +--------+-----+--------+--------+--------+-----------+---------------+---------
 *   u32      u8    u32      u64      u64      u32, bytes  u16 x {u16, name, u32, value}
 * </pre>
 *
 * The length counts what follows it; the checksum is over the flags and all that follows the
 * checksum. Key and headers are there where their flag says so; the value is the rest.
 */
public final class Frame {

  public static final int KEY = 1;
  public static final int HEADERS = 1 << 1;
  public static final int PLACE = 1 << 2;
  public static final int CHECKSUM = 1 << 3;
  public static final int BATCH_GOES_ON = 1 << 4;

  /**
   * In a batch's first record: the batch came from an idempotent producer, and the log's journal
   * names its request. A batch that says so without its entry in the journal was never
   * acknowledged. One of the bits that the wire reserves and readers ignore.
   */
  static final int PRODUCED = 1 << 5;

  /** Bytes before the key, the headers and the value. */
  static final int HEAD_BYTES = 25;

  /** Bytes of the length itself, which the length does not count. */
  static final int LENGTH_BYTES = 4;

  /**
   * The largest frame that a store can hold, in bytes: lengths of up to 65,535 headers included.
   */
  static final int MAX_BYTES =
      HEAD_BYTES + Record.MAX_VALUE_BYTES + Record.MAX_META_BYTES + 4 + 2 + 6 * 0xFFFF;

  private static final int FLAGS_AT = 4;
  private static final int CHECKSUM_AT = 5;
  private static final int OFFSET_AT = 9;
  private static final int TIME_AT = 17;

  private Frame() {}

  /** Bytes of a stored record's frame. */
  public static int size(Record record) {
    int size = HEAD_BYTES + record.valueSize();
    ByteBuffer key = record.key();
    if (key != null) {
      size += 4 + key.remaining();
    }
    if (!record.headers().isEmpty()) {
      size += 2;
      for (Header header : record.headers()) {
        size += 6 + header.name().remaining() + header.value().remaining();
      }
    }
    return size;
  }

  /**
   * Puts a frame without its value.
   *
   * @param flags {@link #BATCH_GOES_ON} and {@link #PRODUCED}, where they hold
   * @return the head, from position 0 to its limit, its checksum that of the whole frame
   */
  static ByteBuffer head(Record record, int flags, long offset, long time, ByteBuffer scratch) {
    ByteBuffer key = record.key();
    ByteBuffer head = scratch.clear();
    int all =
        flags
            | PLACE
            | CHECKSUM
            | (key == null ? 0 : KEY)
            | (record.headers().isEmpty() ? 0 : HEADERS);
    head.putInt(size(record) - LENGTH_BYTES)
        .put((byte) all)
        .putInt(0)
        .putLong(offset)
        .putLong(time);
    if (key != null) {
      head.putInt(key.remaining()).put(key.duplicate());
    }
    if (!record.headers().isEmpty()) {
      head.putShort((short) record.headers().size());
      for (Header header : record.headers()) {
        head.putShort((short) header.name().remaining()).put(header.name().duplicate());
        head.putInt(header.value().remaining()).put(header.value().duplicate());
      }
    }
    head.flip();
    return head.putInt(CHECKSUM_AT, checksum(head, record.value()));
  }

  /** How large a head's buffer must be at the least, in bytes. */
  static int headCapacity(Record record) {
    return size(record) - record.valueSize();
  }

  /** Bytes of the frame whose first four bytes stand at this index, or -1 where none can be. */
  static int sizeAt(ByteBuffer bytes, int at) {
    int length = bytes.getInt(at);
    return length < HEAD_BYTES - LENGTH_BYTES || length > MAX_BYTES - LENGTH_BYTES
        ? -1
        : length + LENGTH_BYTES;
  }

  static int flagsAt(ByteBuffer bytes, int at) {
    return bytes.get(at + FLAGS_AT);
  }

  static long offsetAt(ByteBuffer bytes, int at) {
    return bytes.getLong(at + OFFSET_AT);
  }

  static long timeAt(ByteBuffer bytes, int at) {
    return bytes.getLong(at + TIME_AT);
  }

  /** Bytes of the value of a whole frame at this index, its checksum having been found right. */
  static int valueSizeAt(ByteBuffer bytes, int at) {
    ByteBuffer frame = bytes.duplicate().position(at + HEAD_BYTES).limit(at + sizeAt(bytes, at));
    int flags = flagsAt(bytes, at);
    if ((flags & KEY) != 0) {
      frame.position(frame.position() + 4 + frame.getInt(frame.position()));
    }
    if ((flags & HEADERS) != 0) {
      for (int count = frame.getShort() & 0xFFFF; count > 0; count--) {
        frame.position(frame.position() + 2 + (frame.getShort(frame.position()) & 0xFFFF));
        frame.position(frame.position() + 4 + frame.getInt(frame.position()));
      }
    }
    return frame.remaining();
  }

  /**
   * What is wrong with the frame at this index, which must be there whole.
   *
   * @param offset that it should have
   * @return what was found where something else was expected, or null where the frame is sound
   */
  static @Nullable Flaw flawAt(ByteBuffer bytes, int at, int size, long offset) {
    if (sizeAt(bytes, at) != size) {
      return new Flaw("a frame of " + size + " bytes", "length " + bytes.getInt(at));
    }
    int stored = bytes.getInt(at + CHECKSUM_AT);
    CRC32C crc = new CRC32C();
    crc.update(flagsAt(bytes, at));
    crc.update(bytes.duplicate().position(at + OFFSET_AT).limit(at + size));
    if ((int) crc.getValue() != stored) {
      return new Flaw("checksum %08x".formatted(stored), "%08x".formatted(crc.getValue()));
    }
    if (offsetAt(bytes, at) != offset) {
      return new Flaw("offset " + offset, "offset " + offsetAt(bytes, at));
    }
    return null;
  }

  /** Reads the sound frame from the buffer's position to its limit; the record shares its bytes. */
  static StoredRecord decode(ByteBuffer frame) {
    int at = frame.position();
    int flags = flagsAt(frame, at);
    ByteBuffer rest = frame.duplicate().position(at + HEAD_BYTES);
    ByteBuffer key = (flags & KEY) == 0 ? null : slice(rest, rest.getInt());
    List<Header> headers = (flags & HEADERS) == 0 ? List.of() : headers(rest);
    return new StoredRecord(
        offsetAt(frame, at),
        timeAt(frame, at),
        (flags & BATCH_GOES_ON) != 0,
        new Record(key, headers, rest.slice()));
  }

  private static List<Header> headers(ByteBuffer from) {
    int count = from.getShort() & 0xFFFF;
    List<Header> headers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ByteBuffer name = slice(from, from.getShort() & 0xFFFF);
      headers.add(new Header(name, slice(from, from.getInt())));
    }
    return headers;
  }

  private static ByteBuffer slice(ByteBuffer from, int size) {
    ByteBuffer slice = from.slice(from.position(), size);
    from.position(from.position() + size);
    return slice;
  }

  private static int checksum(ByteBuffer head, ByteBuffer value) {
    CRC32C crc = new CRC32C();
    crc.update(head.get(FLAGS_AT));
    crc.update(head.duplicate().position(OFFSET_AT));
    crc.update(value.duplicate());
    return (int) crc.getValue();
  }
}
