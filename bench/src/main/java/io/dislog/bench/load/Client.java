package io.dislog.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One client with one connection: sends its request, waits for the answer, and sends it again. For
 * one thread.
 */
final class Client {

  private static final int MOST_ANSWER_BYTES = 16 << 10;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Protocol protocol;
  private final ByteBuffer request;
  private final ByteBuffer answer = ByteBuffer.allocateDirect(MOST_ANSWER_BYTES);
  private long sentAt;

  private Client(SocketChannel channel, SelectionKey key, Protocol protocol, byte[] request) {
    this.channel = channel;
    this.key = key;
    this.protocol = protocol;
    this.request = ByteBuffer.allocateDirect(request.length).put(request);
  }

  /** Connects; whoever selects the key finds the client attached to it. */
  static Client connect(Selector selector, SocketAddress to, Protocol protocol, byte[] request)
      throws IOException {
    SocketChannel channel = SocketChannel.open(to);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    Client client = new Client(channel, key, protocol, request);
    key.attach(client);
    return client;
  }

  void send() throws IOException {
    sentAt = System.nanoTime();
    request.flip();
    goOnSending();
  }

  /** Takes what has come, sends what can go; true once the answer is whole. */
  boolean proceed() throws IOException {
    if (key.isWritable()) {
      goOnSending();
    }
    if (!key.isReadable()) {
      return false;
    }
    if (channel.read(answer) < 0) {
      throw new EOFException("the server closed the connection");
    }
    int end = protocol.end(answer);
    if (end < 0 && !answer.hasRemaining()) {
      throw new IOException("an answer of more than %d bytes".formatted(MOST_ANSWER_BYTES));
    }
    return end >= 0;
  }

  long sentAt() {
    return sentAt;
  }

  /** Ends with a whole answer; returns it where it says that the request was refused. */
  @Nullable String takeAnswer() {
    String refusal = protocol.succeeded(answer) ? null : text();
    answer.clear();
    return refusal;
  }

  void close() throws IOException {
    channel.close();
  }

  private void goOnSending() throws IOException {
    channel.write(request);
    boolean more = request.hasRemaining();
    if (more != ((key.interestOps() & SelectionKey.OP_WRITE) != 0)) {
      key.interestOps(more ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }
  }

  private String text() {
    return StandardCharsets.UTF_8.decode(answer.duplicate().flip()).toString();
  }
}
