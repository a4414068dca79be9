package io.dislog.raft.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Puts frames together from what a channel has. For one thread.
 *
 * <p>A frame takes memory as it comes: what it says of its size is the word of a stranger.
 */
final class FrameReader {

  private static final int FIRST_BYTES = 64 << 10;
  private static final int GROWTH = 4;

  private final ByteBuffer in = ByteBuffer.allocateDirect(FIRST_BYTES);
  private final ByteBuffer size = ByteBuffer.allocate(Frame.SIZE_BYTES);
  private @Nullable ByteBuffer frame;
  private int expected;
  private long begunNanos;

  /** Is told of each frame. */
  interface Sink {
    void received(Frame frame) throws IOException;
  }

  /**
   * Reads once.
   *
   * @return whether the other end may send more
   * @throws IOException where what came is no frame
   */
  boolean read(ReadableByteChannel from, Sink to) throws IOException {
    in.clear();
    if (from.read(in) < 0) {
      return false;
    }
    in.flip();
    while (in.hasRemaining()) {
      ByteBuffer begun = frame;
      if (begun == null) {
        begin();
      } else {
        proceed(begun, to);
      }
    }
    return true;
  }

  /** Whether a frame has begun that is not complete. */
  boolean hasBegun() {
    return frame != null || size.position() > 0;
  }

  /** When that was, as {@link System#nanoTime}. */
  long begunNanos() {
    return begunNanos;
  }

  /** What a frame that has begun takes, in bytes. */
  int capacity() {
    return frame == null ? 0 : frame.capacity();
  }

  private void begin() throws IOException {
    if (size.position() == 0) {
      begunNanos = System.nanoTime();
    }
    move(size);
    if (!size.hasRemaining()) {
      expected = size.flip().getInt();
      size.clear();
      if (!Frame.isSize(expected)) {
        throw new IOException("a frame of %d bytes".formatted(Integer.toUnsignedLong(expected)));
      }
      frame = ByteBuffer.allocate(Math.min(expected, FIRST_BYTES));
    }
  }

  private void proceed(ByteBuffer begun, Sink to) throws IOException {
    move(begun);
    if (begun.position() == expected) {
      frame = null;
      to.received(Frame.decode(begun.flip()));
    } else if (!begun.hasRemaining()) {
      int larger = (int) Math.min(expected, (long) GROWTH * begun.capacity());
      frame = ByteBuffer.allocate(larger).put(begun.flip());
    }
  }

  private void move(ByteBuffer to) {
    int count = Math.min(in.remaining(), to.remaining());
    to.put(in.slice(in.position(), count));
    in.position(in.position() + count);
  }
}
