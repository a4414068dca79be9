package io.dislog.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The least that a server can do to send a file: one {@code sendfile} after the other, and just
 * enough HTTP around them for the same {@link Reader} to read them. An offset is a byte here. One
 * thread a connection.
 */
final class SendfileServer implements AutoCloseable {

  private static final Pattern OFFSET = Pattern.compile("offset=(\\d+)");

  private final Path file;
  private final long readBytes;
  private final ServerSocketChannel server;

  /**
   * @param readBytes bytes that one request gets
   */
  SendfileServer(Path file, long readBytes) throws IOException {
    this.file = file;
    this.readBytes = readBytes;
    this.server =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofPlatform().daemon().name("sendfile").start(this::accept);
  }

  SocketAddress address() throws IOException {
    return server.getLocalAddress();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        Thread.ofPlatform().daemon().name("sendfile-client").start(() -> serve(client));
      }
    } catch (AsynchronousCloseException e) {
      return; // It was closed.
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void serve(SocketChannel client) {
    ByteBuffer request = ByteBuffer.allocate(4096);
    try (client;
        FileChannel channel = FileChannel.open(file)) {
      while (client.read(request.clear()) >= 0) {
        Matcher offset =
            OFFSET.matcher(StandardCharsets.US_ASCII.decode(request.flip()).toString());
        if (!offset.find()) {
          throw new IOException("a request that came in parts");
        }
        answer(client, channel, Long.parseLong(offset.group(1)));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer(SocketChannel client, FileChannel channel, long from) throws IOException {
    long end = Math.min(channel.size(), from + readBytes);
    String head =
        "HTTP/1.1 200 OK\r\nContent-Length: %d\r\nDislog-Next-Offset: %d\r\n\r\n"
            .formatted(end - from, end);
    client.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
    for (long at = from; at < end; ) {
      at += channel.transferTo(at, end - at, client);
    }
  }
}
