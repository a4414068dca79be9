package io.dislog.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Clients that wait for what is appended to a Durable Stream, each on a connection of its own. For
 * one thread.
 */
final class WaitingReaders implements AutoCloseable {

  private static final int BUFFER_BYTES = 16 << 10;
  private static final long SELECT_MILLIS = 100;
  private static final String REFUSAL = "HTTP/1.1 4";

  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private String awaited = "";
  private int waiting;
  private int have;

  private WaitingReaders() throws IOException {}

  /**
   * Connects them, and sends each one's request.
   *
   * @param live how they wait, in the protocol's word
   */
  static WaitingReaders connect(SocketAddress to, String stream, String live, int count)
      throws IOException {
    WaitingReaders readers = new WaitingReaders();
    byte[] request =
        "GET %s?offset=now&live=%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
            .formatted(StreamWorkload.path(stream), live)
            .getBytes(StandardCharsets.US_ASCII);
    try {
      for (int reader = 0; reader < count; reader++) {
        readers.connect(to, request);
      }
    } catch (IOException e) {
      readers.close();
      throw e;
    }
    return readers;
  }

  /**
   * Waits until each has got a text or was refused, and returns how many have got it.
   *
   * @param patience at most
   */
  int await(String text, Duration patience) throws IOException {
    awaited = text;
    have = 0;
    waiting = (int) selector.keys().stream().filter(SelectionKey::isValid).count();
    long end = System.nanoTime() + patience.toNanos();
    while (waiting > 0 && System.nanoTime() < end) {
      selector.select(this::receive, SELECT_MILLIS);
    }
    selector.keys().forEach(key -> ((Answer) key.attachment()).clear());
    return have;
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }

  private void connect(SocketAddress to, byte[] request) throws IOException {
    SocketChannel channel = SocketChannel.open(to);
    channel.write(ByteBuffer.wrap(request));
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, new Answer());
  }

  private void receive(SelectionKey key) {
    Answer answer = (Answer) key.attachment();
    boolean had = answer.has(awaited);
    try {
      answer.add(read((SocketChannel) key.channel()));
      if (!had && answer.has(awaited)) {
        have++;
        waiting--;
      }
    } catch (IOException e) {
      waiting -= had ? 0 : 1;
      leave(key);
    }
  }

  private String read(SocketChannel channel) throws IOException {
    buffer.clear();
    if (channel.read(buffer) < 0) {
      throw new EOFException("the server closed the connection");
    }
    return StandardCharsets.ISO_8859_1.decode(buffer.flip()).toString();
  }

  private static void leave(SelectionKey key) {
    key.cancel();
    try {
      key.channel().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What has come since there was last something to wait for. */
  private static final class Answer {
    private final StringBuilder text = new StringBuilder();

    void add(String more) throws IOException {
      text.append(more);
      if (text.indexOf(REFUSAL) == 0) {
        throw new IOException("refused: " + text);
      }
    }

    boolean has(String awaited) {
      return text.indexOf(awaited) >= 0;
    }

    void clear() {
      text.setLength(0);
    }
  }
}
