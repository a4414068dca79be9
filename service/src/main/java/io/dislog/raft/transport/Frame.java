package io.dislog.raft.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A message on a connection, big-endian. Immutable.
 *
 * <pre>
 * 0      4      5      13
 * +------+------+------+------
 * | size | kind | call | body     size: u32, of what follows it
 * +------+------+------+------    kind: u8, what is asked, or {@link #ANSWER}, or {@link #REFUSAL}
 *                                 call: u64, chosen by whoever asks; the answer has the same
 * </pre>
 *
 * @param body not to be changed
 */
record Frame(int kind, long call, ByteBuffer body) {

  /** Says what was asked for. */
  static final int ANSWER = 0;

  /** Says in UTF-8 why there is no answer. */
  static final int REFUSAL = 1;

  /** Asks for an empty answer at once, from whoever reads what comes. */
  static final int PING = 2;

  /** The first kind that those who use a connection may choose. */
  static final int FIRST_FREE = 16;

  static final int SIZE_BYTES = Integer.BYTES;
  private static final int HEADER_BYTES = 1 + Long.BYTES;

  /** The largest that anybody may send, its size not counted. */
  static final int MOST_BYTES = 4 << 20;

  /** The bytes of one that is to be sent. */
  static ByteBuffer encode(int kind, long call, Payload body) throws IOException {
    int size = HEADER_BYTES + body.size();
    if (size > MOST_BYTES) {
      throw new IOException("a message of %d bytes is too large to be sent".formatted(size));
    }
    ByteBuffer bytes = ByteBuffer.allocate(SIZE_BYTES + size);
    bytes.putInt(size).put((byte) kind).putLong(call);
    body.writeTo(bytes);
    return bytes.flip();
  }

  /** Whether there can be a frame of that size. */
  static boolean isSize(int size) {
    return size >= HEADER_BYTES && size <= MOST_BYTES;
  }

  /** Reads one from the bytes that follow its size. */
  static Frame decode(ByteBuffer from) {
    return new Frame(Byte.toUnsignedInt(from.get()), from.getLong(), from.slice());
  }
}
