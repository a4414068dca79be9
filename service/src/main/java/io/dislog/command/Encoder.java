package io.dislog.command;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Bytes that grow as they are written, big-endian. For one thread. */
public final class Encoder {

  private static final int FIRST_CAPACITY = 512;
  private static final int MAX_CAPACITY = Integer.MAX_VALUE - 64;

  private ByteBuffer bytes;

  public Encoder() {
    this(FIRST_CAPACITY);
  }

  /**
   * @param capacity for how many bytes there is room at once; for more, those before are copied
   */
  public Encoder(long capacity) {
    bytes = ByteBuffer.allocate((int) Math.min(MAX_CAPACITY, capacity));
  }

  /** How many bytes were written. */
  public int size() {
    return bytes.position();
  }

  /** What was written. */
  public ByteBuffer finish() {
    return bytes.flip().asReadOnlyBuffer();
  }

  public Encoder putByte(int value) {
    room(Byte.BYTES).put((byte) value);
    return this;
  }

  public Encoder putInt(int value) {
    room(Integer.BYTES).putInt(value);
    return this;
  }

  public Encoder putLong(long value) {
    room(Long.BYTES).putLong(value);
    return this;
  }

  /** Puts a size and as many bytes, leaving the buffer's position. */
  public Encoder putSized(ByteBuffer value) {
    putInt(value.remaining());
    room(value.remaining()).put(value.duplicate());
    return this;
  }

  /** Puts a text as UTF-8 with its size. */
  public Encoder putText(String text) {
    return putSized(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private ByteBuffer room(int size) {
    if (bytes.remaining() < size) {
      long doubled = Math.max(2L * bytes.capacity(), (long) bytes.position() + size);
      ByteBuffer larger = ByteBuffer.allocate((int) Math.min(MAX_CAPACITY, doubled));
      bytes = larger.put(bytes.flip());
    }
    return bytes;
  }
}
