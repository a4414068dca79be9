package io.dislog.raft.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import tlschannel.NeedsReadException;
import tlschannel.NeedsWriteException;
import tlschannel.TlsChannel;

/**
 * The bytes of one connection, with TLS in front or not. Blocks as its socket does. One thread
 * reads, one at a time writes.
 */
final class Link implements Closeable, ByteChannel {

  private final SocketChannel socket;
  private final ByteChannel bytes;
  private final boolean isPlain;
  private volatile boolean mayHaveMore;
  private volatile boolean isUnflushed;

  private Link(SocketChannel socket, ByteChannel bytes, boolean isPlain) {
    this.socket = socket;
    this.bytes = bytes;
    this.isPlain = isPlain;
    this.mayHaveMore = !isPlain;
  }

  /**
   * @param bytes of the socket, and maybe some that were read before
   */
  static Link plain(SocketChannel socket, ByteChannel bytes) {
    return new Link(socket, bytes, true);
  }

  static Link tls(SocketChannel socket, TlsChannel tls) {
    return new Link(socket, tls, false);
  }

  /** Which tells when there is more, but for what this has read of it already. */
  SocketChannel socket() {
    return socket;
  }

  /** Whether there may be more to read although the socket has nothing. */
  boolean mayHaveMore() {
    return mayHaveMore;
  }

  /** Whether the socket has not taken all that was written. */
  boolean isUnflushed() {
    return isUnflushed;
  }

  /** Reads what there is; nothing, where there is nothing. */
  @Override
  public int read(ByteBuffer to) throws IOException {
    if (isPlain) {
      return bytes.read(to);
    }
    try {
      return bytes.read(to);
    } catch (NeedsReadException e) {
      mayHaveMore = false;
      return 0;
    } catch (NeedsWriteException e) {
      isUnflushed = true;
      mayHaveMore = false;
      return 0;
    }
  }

  /** The socket has more. */
  void isReadable() {
    mayHaveMore = !isPlain;
  }

  /** Writes as much as is taken, as the buffer's position says. */
  @Override
  public int write(ByteBuffer from) throws IOException {
    int before = from.position();
    try {
      isUnflushed = false;
      bytes.write(from);
    } catch (NeedsWriteException e) {
      isUnflushed = true;
    } catch (NeedsReadException e) {
      // What comes decides when this goes on.
    }
    return from.position() - before;
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  /** Without a last word, for which the other end might have to be waited for. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
