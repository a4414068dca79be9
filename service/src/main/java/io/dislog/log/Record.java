package io.dislog.log;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data that a log stores: any bytes, with an optional key and headers.
 *
 * <p>Immutable as long as nobody writes to its buffers; its buffers' positions are never moved.
 *
 * @param key UTF-8, or null where the record has none
 * @param headers in the order in which they were sent, names unique
 * @param value from its buffer's position to its limit; zero bytes are legal
 */
public record Record(@Nullable ByteBuffer key, List<Header> headers, ByteBuffer value) {

  /** Key, header names and header values together are at most this many bytes. */
  public static final int MAX_META_BYTES = 32 << 10;

  /** The largest value, in bytes, that any log can be configured to take. */
  public static final int MAX_VALUE_BYTES = 64 << 20;

  public Record {
    headers = List.copyOf(headers);
  }

  /** A record of a value alone. */
  public static Record of(byte[] value) {
    return new Record(null, List.of(), ByteBuffer.wrap(value));
  }

  /** Bytes of the value. */
  public int valueSize() {
    return value.remaining();
  }

  /** Bytes of the key, the header names and the header values, without lengths. */
  public int metaSize() {
    int size = key == null ? 0 : key.remaining();
    for (Header header : headers) {
      size += header.name().remaining() + header.value().remaining();
    }
    return size;
  }

  /** Bytes of the value, the key, the header names and the header values, without lengths. */
  public int size() {
    return valueSize() + metaSize();
  }

  /** The sizes of records together. */
  public static long sizeOf(List<Record> records) {
    return records.stream().mapToLong(Record::size).sum();
  }

  /**
   * A named attribute of a record.
   *
   * @param name UTF-8, not empty
   * @param value UTF-8
   */
  public record Header(ByteBuffer name, ByteBuffer value) {}
}
