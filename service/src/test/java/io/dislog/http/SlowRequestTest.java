package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.exchange.InFlight;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Who announces much and sends little holds nothing, and not for long. */
@QuarkusTest
@TestProfile(DefaultProfile.class)
final class SlowRequestTest {

  private static final String ANNOUNCED = "HTTP/1.1\nHost: a\nContent-Length: 33554432\n\n";

  @TestHTTPResource URI base;
  @Inject InFlight inFlight;

  @Test
  void announcedBodiesKeepNobodyOutAndAreGivenUp() throws IOException {
    Api api = new Api(base);
    String log = api.newLog();
    String post = "POST " + log + "/records " + ANNOUNCED;
    try (Wire one = new Wire(base).send(post);
        Wire two = new Wire(base).send(post + "x".repeat(1000));
        Wire three = new Wire(base).send("POST " + log + "/rec");
        Wire four = new Wire(base).send("GET /v1/logs HTTP/1.1\nHost: a\nX: ")) {
      Await.until(() -> inFlight.bytes() > 0);
      assertThat(inFlight.bytes()).isLessThan(64 << 10);
      api.append(log, "ten bytes.", "ten bytes.", "ten bytes.");
      for (Wire slow : new Wire[] {one, two, three, four}) {
        assertThat(slow.readAll())
            .startsWith("HTTP/1.1 408 ")
            .contains("\"type\":\"/problems/too-slow\"", "\"retryable\":true", "Retry-After: 1")
            .contains("Connection: close");
      }
    }
    Await.until(() -> inFlight.bytes() == 0);
    assertThat(api.get(log).json().path("endOffset").intValue()).isEqualTo(3);
  }
}
