package io.dislog.raft.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/** A socket whose first byte was looked at, and is still there to be read. For one reader. */
final class Opened implements ByteChannel {

  private final SocketChannel socket;
  private final ByteBuffer first = ByteBuffer.allocate(1);

  Opened(SocketChannel socket) {
    this.socket = socket;
  }

  /** The first byte; waits for it. Negative where there is none. */
  int first() throws IOException {
    if (first.position() == 0 && socket.read(first) < 0) {
      first.limit(0);
      return -1;
    }
    first.flip();
    return Byte.toUnsignedInt(first.get(0));
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    if (first.hasRemaining() && to.hasRemaining()) {
      to.put(first.get());
      return 1;
    }
    return socket.read(to);
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    return socket.write(from);
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
