package io.dislog.bench.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;

/** What a Redis server says of itself. Stateless. */
final class RedisInfo {

  private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(30).toMillis();
  private static final int MOST_BYTES = 64 << 10;

  private RedisInfo() {}

  /** Lines, of which those of replicas say their state. */
  static String replication(SocketAddress server) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(server, PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write("INFO replication\r\n".getBytes(US_ASCII));
      DataInputStream answer = new DataInputStream(socket.getInputStream());
      return new String(answer.readNBytes(length(answer)), US_ASCII);
    }
  }

  /** Of {@code $length\r\n}; what is no such line has length 0. */
  private static int length(DataInputStream answer) throws IOException {
    if (answer.read() != '$') {
      return 0;
    }
    int length = 0;
    for (int read = answer.read(); read >= '0' && read <= '9' && length < MOST_BYTES; ) {
      length = 10 * length + read - '0';
      read = answer.read();
    }
    int lineFeed = answer.read();
    return lineFeed == '\n' ? Math.min(length, MOST_BYTES) : 0;
  }
}
