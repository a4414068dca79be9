package io.dislog.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LoadTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  private final AtomicInteger served = new AtomicInteger();
  private final Protocol protocol = new HttpProtocol();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          boolean refusing = exchange.getRequestURI().getPath().equals("/refuse-the-third");
          exchange.sendResponseHeaders(served.incrementAndGet() == 3 && refusing ? 429 : 201, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void countsWhatWasAnswered() throws IOException {
    byte[] request = HttpProtocol.post("/take", "text/plain", "", new byte[100_000]);
    Run run =
        new Load(Duration.ZERO, LONG, 50)
            .run(server.getAddress(), protocol, List.of(request, request));
    assertThat(run.count()).isBetween(50L, 51L);
    assertThat(served.get()).isBetween(50, 53);
    assertThat(run.perSecond()).isPositive();
  }

  @Test
  void aRefusedRequestFailsTheRun() {
    byte[] request = HttpProtocol.post("/refuse-the-third", "text/plain", "", new byte[10]);
    Load load = new Load(Duration.ZERO, LONG, 10);
    assertThatThrownBy(() -> load.run(server.getAddress(), protocol, List.of(request)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("HTTP/1.1 429");
  }
}
