package io.dislog.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A consumer that reads a log in binary batches over one connection, and throws the bytes away. For
 * one thread.
 */
final class Reader implements AutoCloseable {

  private static final Pattern LENGTH = Pattern.compile("\ncontent-length: *(\\d+)");
  private static final Pattern NEXT = Pattern.compile("\ndislog-next-offset: *(\\d+)");
  private static final int BUFFER_BYTES = 256 << 10;

  private final SocketChannel channel;
  private final String path;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private long offset;

  /**
   * @param path of the log's records
   */
  Reader(SocketAddress to, String path) throws IOException {
    this.channel = SocketChannel.open(to);
    this.path = path;
  }

  /**
   * Makes one read and returns the bytes of its body; none at the log's end, and then begins anew.
   */
  long read() throws IOException {
    channel.write(ByteBuffer.wrap(request().getBytes(StandardCharsets.US_ASCII)));
    String head = head();
    if (!head.startsWith("http/1.1 200")) {
      throw new IOException("a read was refused: " + head);
    }
    long length = number(LENGTH, head, -1);
    if (length < 0) {
      throw new IOException("a read was answered without its length: " + head);
    }
    discard(length);
    offset = length == 0 ? 0 : number(NEXT, head, 0);
    return length;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private String request() {
    return """
    GET %s?offset=%d&limit=10000&maxBytes=16Mi HTTP/1.1
    Host: localhost
    Accept: application/vnd.dislog.batch

    """
        .formatted(path, offset)
        .replace("\n", "\r\n");
  }

  /** The answer's head in lower case; what came of the body stays in the buffer. */
  private String head() throws IOException {
    buffer.clear();
    while (true) {
      fill();
      String text =
          StandardCharsets.ISO_8859_1
              .decode(buffer.slice(0, Math.min(buffer.position(), 4096)))
              .toString();
      int end = text.indexOf("\r\n\r\n");
      if (end >= 0) {
        buffer.flip().position(end + 4);
        return text.substring(0, end).toLowerCase(Locale.ROOT);
      }
    }
  }

  private void discard(long length) throws IOException {
    long left = length - buffer.remaining();
    while (left > 0) {
      buffer.clear().limit((int) Math.min(left, BUFFER_BYTES));
      left -= fill();
    }
  }

  private int fill() throws IOException {
    int count = channel.read(buffer);
    if (count < 0) {
      throw new EOFException("the server closed the connection");
    }
    return count;
  }

  private static long number(Pattern pattern, String head, long absent) {
    Matcher matcher = pattern.matcher(head);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : absent;
  }
}
