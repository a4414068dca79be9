package io.dislog.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** A connection on which anything can be sent, HTTP or not. For one thread. */
final class RawConnection implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket = new Socket();
  private final OutputStream out;
  private final InputStream in;

  RawConnection(int port) throws IOException {
    this(port, 0);
  }

  /** To any machine. */
  RawConnection(String host, int port) throws IOException {
    this(host, port, 0);
  }

  /**
   * @param receiveBytes that the system keeps for this side at the most, or 0 for its own choice
   */
  RawConnection(int port, int receiveBytes) throws IOException {
    this("127.0.0.1", port, receiveBytes);
  }

  private RawConnection(String host, int port, int receiveBytes) throws IOException {
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
    out = socket.getOutputStream();
    in = socket.getInputStream();
  }

  /** Sends characters, each as one byte. */
  RawConnection send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  RawConnection send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  /** Says that nothing more is sent. */
  RawConnection finish() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Reads an answer whose body has a length; status 0 where the service closed without one. */
  Answer answer() throws IOException {
    String head = head();
    if (head.isEmpty()) {
      return new Answer(0, Map.of(), new byte[0]);
    }
    String[] lines = head.split("\r\n", -1);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : Arrays.asList(lines).subList(1, lines.length)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.putIfAbsent(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
    return new Answer(Integer.parseInt(lines[0].split(" ", 3)[1]), headers, in.readNBytes(length));
  }

  /** Reads the next bytes that are there, or -1 at the end. */
  int read(byte[] to) throws IOException {
    return in.read(to);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** An answer's first lines; empty where the service closed the connection before them. */
  private String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    try {
      int next;
      while ((next = in.read()) >= 0) {
        head.write(next);
        if (next == '\n' && head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
          break;
        }
      }
    } catch (SocketException e) {
      return ""; // Reset.
    }
    return head.toString(ISO_8859_1);
  }
}
