package io.dislog.raft.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What a frame carries, as it is written once. */
public interface Payload {

  /** Nothing. */
  Payload EMPTY = of(ByteBuffer.allocate(0));

  /** In bytes. */
  int size();

  /** Writes as many bytes. */
  void writeTo(ByteBuffer to) throws IOException;

  /** These bytes. */
  static Payload of(ByteBuffer bytes) {
    return new Payload() {
      @Override
      public int size() {
        return bytes.remaining();
      }

      @Override
      public void writeTo(ByteBuffer to) {
        to.put(bytes.duplicate());
      }
    };
  }
}
