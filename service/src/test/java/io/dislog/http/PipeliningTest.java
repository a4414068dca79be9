package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that are sent before the answers to those in front of them. */
@QuarkusTest
@TestProfile(DefaultProfile.class)
final class PipeliningTest {

  private static final int CONNECTIONS = 20;
  private static final int REQUESTS = 20_000;

  @TestHTTPResource URI base;
  private Api api;

  @BeforeEach
  void connect() {
    api = new Api(base);
  }

  @Test
  void eachIsAnsweredInItsTurn() throws IOException {
    String log = api.newLog();
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      requests.append("POST %s/records HTTP/1.1\nHost: a\nContent-Length: 1\n\nx".formatted(log));
      requests.append("GET %s/records/%d HTTP/1.1\nHost: a\n\n".formatted(log, i));
    }
    try (Wire wire = new Wire(base)) {
      wire.send(requests.toString());
      for (int i = 0; i < 500; i++) {
        assertThat(wire.readUntil("\"baseOffset\":")).contains(" 201 ");
        assertThat(wire.readUntil("\r\n\r\nx")).contains("Dislog-Offset: " + i + "\r\n");
      }
    }
  }

  @Test
  void whoReadsNoAnswersDisturbsNobody() throws IOException {
    String log = api.newLog();
    String large = "x".repeat(50_000);
    for (int i = 0; i < 20; i++) {
      api.append(log, large);
    }
    byte[] many =
        ("GET " + log + "/records?limit=1000 HTTP/1.1\r\nHost: a\r\n\r\n")
            .repeat(REQUESTS)
            .getBytes(StandardCharsets.US_ASCII);
    List<SocketChannel> careless = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        careless.add(sendWhatIsTaken(many));
      }
      int inTime = 0;
      // Who was disturbed would be so each time. Some more, because the machine may be paused.
      for (int i = 0; i < 20 && inTime < 10; i++) {
        long began = System.nanoTime();
        api.append(log, "y");
        inTime += System.nanoTime() - began < Duration.ofSeconds(5).toNanos() ? 1 : 0;
      }
      assertThat(inTime).isEqualTo(10);
    } finally {
      for (SocketChannel connection : careless) {
        connection.close();
      }
    }
  }

  private SocketChannel sendWhatIsTaken(byte[] requests) throws IOException {
    SocketChannel connection =
        SocketChannel.open(new InetSocketAddress(base.getHost(), base.getPort()));
    connection.configureBlocking(false);
    ByteBuffer rest = ByteBuffer.wrap(requests);
    int taken = 1;
    while (rest.hasRemaining() && taken > 0) {
      taken = connection.write(rest);
    }
    return connection;
  }
}
