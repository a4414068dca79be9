package io.dislog.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What waits for a stream's values, beside a server that refuses some. */
final class StreamClientsTest {

  private static final List<String> PIECES =
      List.of("data: {\"upTo", "Date\":true}\n\n", "data: value-7-\n\n");
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int READERS = 10;

  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch told = new CountDownLatch(READERS - 1);
  private final CountDownLatch appended = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/stream/waited", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** One is refused when the others have what they wait for, and nobody waits for it any more. */
  @Test
  @Timeout(90)
  void readersHaveWhatIsToldTheirAnswersPieceByPieceAndThoseThatAreRefusedDoNot()
      throws IOException {
    try (WaitingReaders readers =
        WaitingReaders.connect(server.getAddress(), "waited", "sse", READERS)) {
      assertThat(readers.await("upToDate", LONG)).isEqualTo(9);
      appended.countDown();
      assertThat(readers.await("value-7-", LONG)).isEqualTo(9);
      assertThat(readers.await("value-8-", Duration.ZERO)).isZero();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (asked.incrementAndGet() == 3) {
      await(told);
      exchange.sendResponseHeaders(429, -1);
      return;
    }
    exchange.sendResponseHeaders(200, PIECES.stream().mapToInt(String::length).sum());
    tell(exchange, PIECES.get(0));
    tell(exchange, PIECES.get(1));
    told.countDown();
    await(appended);
    tell(exchange, PIECES.get(2));
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void tell(HttpExchange exchange, String text) throws IOException {
    exchange.getResponseBody().write(text.getBytes(StandardCharsets.US_ASCII));
    exchange.getResponseBody().flush();
  }
}
