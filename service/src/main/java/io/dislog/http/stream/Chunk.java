package io.dislog.http.stream;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import java.util.function.LongConsumer;

/**
 * Some records as their readers get them, in memory outside of the heap that all of these share:
 * nothing is copied for each. Safe for use by many threads; who is given it releases it once.
 */
final class Chunk {

  private final ByteBuf bytes;
  private final int capacity;
  private final long next;
  private final int records;
  private final long valueBytes;
  private final LongConsumer freed;

  /**
   * @param bytes of which this is the one owner
   * @param next the offset behind the last record
   * @param freed is told how many bytes are free again, once nobody has this any more
   */
  Chunk(ByteBuf bytes, long next, int records, long valueBytes, LongConsumer freed) {
    this.bytes = bytes;
    this.capacity = bytes.capacity();
    this.next = next;
    this.records = records;
    this.valueBytes = valueBytes;
    this.freed = freed;
  }

  /**
   * The bytes, as long as this is not released; a connection that writes them does not own them.
   */
  @SuppressWarnings("deprecation") // What is not deprecated copies them.
  Buffer buffer() {
    return Buffer.buffer(bytes);
  }

  int size() {
    return bytes.readableBytes();
  }

  /** Bytes of memory. */
  int capacity() {
    return capacity;
  }

  long next() {
    return next;
  }

  int records() {
    return records;
  }

  long valueBytes() {
    return valueBytes;
  }

  /** Gives it to one more, who releases it too. */
  Chunk retained() {
    bytes.retain();
    return this;
  }

  void release() {
    if (bytes.release()) {
      freed.accept(capacity);
    }
  }
}
