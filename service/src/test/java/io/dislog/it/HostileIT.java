package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is no request gets no record into a log, and takes the service away from nobody. */
final class HostileIT {

  private static final String POST = "POST /v1/logs/orders/records HTTP/1.1\r\nHost: localhost\r\n";

  /** Half of what the service waits for those that send nothing. */
  private static final Duration BLOCKED = Duration.ofSeconds(5);

  /** A client, or the service, may be paused for seconds. */
  private static final int ATTEMPTS = 5;

  @RegisterExtension final Services services = new Services();

  @TempDir private Path folder = Path.of("");
  private Api api = new Api(0);

  @BeforeEach
  void start() throws Exception {
    api = services.in(folder).start().api();
    api.put("/v1/logs/orders", "{}").is(201);
  }

  @AfterEach
  void nothingWasAppended() throws Exception {
    assertThat(api.describe("orders").get("endOffset").asLong()).isZero();
  }

  @Test
  void halfARequestAppendsNothing() throws Exception {
    for (int i = 0; i < 100; i++) {
      try (RawConnection connection = new RawConnection(api.port())) {
        connection.send(POST + "Content-Length: 100\r\n\r\nhalf").finish();
      }
      try (RawConnection connection = new RawConnection(api.port())) {
        connection.send(POST.substring(0, i % POST.length()));
      }
    }
    try (RawConnection connection = new RawConnection(api.port())) {
      connection.send(POST + "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n").finish();
      assertThat(connection.answer().status()).isIn(0, 400);
    }
  }

  @Test
  void bodiesWhoseLengthCantBeToldAreRefused() throws Exception {
    for (String rest :
        List.of(
            "Transfer-Encoding: chunked\r\n\r\nZZZ\r\nhalf\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\n-4\r\nhalf\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nhalf\r\n0\r\n\r\n",
            "Content-Length: 4\r\nContent-Length: 5\r\n\r\nhalf\n",
            "Content-Length: -4\r\n\r\nhalf",
            "Content-Length: four\r\n\r\nhalf",
            "Content-Length: 99999999999999999999\r\n\r\nhalf")) {
      assertThat(answer(POST + rest).status()).as(rest).isIn(0, 400, 413);
    }
  }

  @Test
  void aBodyOverTheLimitIsRefusedBeforeItIsSent() throws Exception {
    answer(POST + "Expect: 100-continue\r\nContent-Length: 40000000\r\n\r\n")
        .isProblem(413, "batch-too-large");
    answer(POST + "Content-Length: 40000000\r\n\r\n").isProblem(413, "batch-too-large");
  }

  @Test
  void headersThatAreTooLargeAre431() throws Exception {
    for (int size : new int[] {140 << 10, 200 << 10}) {
      answer(get("/v1/logs", "X-Large: " + "x".repeat(size) + "\r\n"))
          .isProblem(431, "headers-too-large");
      answer(get("/v1/logs", "X-Many: xxxxxxxxxxxxxxxxxxxx\r\n".repeat(size / 30)))
          .isProblem(431, "headers-too-large");
    }
    // Beyond the framework's own limit, which answers with nothing but the status.
    answer(get("/v1/logs", "X-Large: " + "x".repeat(1 << 20) + "\r\n")).is(431);
  }

  @Test
  void aRequestLineThatIsTooLongIs414() throws Exception {
    for (int length : new int[] {20 << 10, 100 << 10}) {
      answer(get("/v1/logs?prefix=" + "x".repeat(length), "")).isProblem(414, "uri-too-long");
    }
    answer(get("/v1/logs?prefix=" + "x".repeat(1 << 20), "")).is(414);
  }

  @Test
  void whatIsNotHttpGetsNoAnswerOr400() throws Exception {
    for (String nonsense :
        List.of(
            "\0\0\0\0\r\n\r\n",
            "hello\r\n\r\n",
            "GET\r\n\r\n",
            "GET /v1/logs HTTP/9.9\r\nHost: localhost\r\n\r\n",
            get("/v1/logs\0", ""),
            get("/v1/logs", "X-\0: y\r\n"),
            get("/v1/logs", "no colon\r\n"),
            "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n\r\n")) {
      try (RawConnection connection = new RawConnection(api.port())) {
        assertThat(connection.send(nonsense).finish().answer().status())
            .as(nonsense)
            .isIn(0, 400, 404, 501, 505);
      }
    }
  }

  @Test
  void anUnknownMethodIs405OnWhatIsThere() throws Exception {
    answer("BREW /v1/logs/orders HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .isProblem(405, "method-not-allowed");
    answer("POST /v1/logs/orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
        .isProblem(405, "method-not-allowed");
  }

  @Test
  void textThatIsNoUtf8IsRefusedWhereTextIsAskedFor() throws Exception {
    byte[] json = "{\"records\":[{\"value\":\"a\"},{\"value\":\"?\"}]}".getBytes(UTF_8);
    json[json.length - 5] = (byte) 0xff;
    Answer answer = api.append("orders", Api.JSON_BATCH, json).isProblem(400, "malformed-batch");
    assertThat(answer.json().get("index").asInt()).isEqualTo(1);
    Frames frames = new Frames().add("k", Map.of(), new byte[1]);
    byte[] batch = frames.bytes();
    batch[9] = (byte) 0xff; // The key.
    api.append("orders", Api.FRAMES, batch).isProblem(400, "malformed-batch");
    api.append("orders", Api.BYTES, new byte[1], "Dislog-Key", "%ff").isProblem(400, "bad-request");
    answer(get("/v1/logs?prefix=%ff", "")).isProblem(400, "bad-request");
  }

  @Test
  void connectionsThatHardlySendBlockNobody() throws Exception {
    Duration shortest = timeBesideThoseThatHardlySend("others-1");
    for (int attempt = 2; attempt <= ATTEMPTS && shortest.compareTo(BLOCKED) >= 0; attempt++) {
      System.out.printf("beside those that hardly send: only in %d ms%n", shortest.toMillis());
      shortest = timeBesideThoseThatHardlySend("others-" + attempt);
    }
    assertThat(shortest).isLessThan(BLOCKED);
  }

  /** What a client's calls take, one of which creates a log, while 300 others hardly send. */
  private Duration timeBesideThoseThatHardlySend(String log) throws Exception {
    List<RawConnection> connections = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        RawConnection connection = new RawConnection(api.port());
        connections.add(connection);
        connection.send(i % 2 == 0 ? "POST /v1/lo" : POST + "Content-Length: 1000000\r\n\r\nx");
      }
      long asked = System.nanoTime();
      api.get("/v1/logs/orders").is(200);
      api.put("/v1/logs/" + log, "{}").is(201);
      api.append(log, "is taken").is(201);
      return Duration.ofNanos(System.nanoTime() - asked);
    } finally {
      for (RawConnection connection : connections) {
        connection.close();
      }
    }
  }

  @Test
  void requestsOnOneConnectionAreAnsweredInTurn() throws IOException {
    try (RawConnection connection = new RawConnection(api.port())) {
      connection.send(
          get("/v1/logs/orders", "") + get("/v1/logs/none", "") + get("/v1/logs/orders", ""));
      assertThat(connection.answer().is(200).json().get("name").asText()).isEqualTo("orders");
      connection.answer().isProblem(404, "unknown-log");
      connection.answer().is(200);
    }
  }

  private static String get(String path, String headers) {
    return "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n".formatted(path, headers);
  }

  /** Again where it is refused and could not be sent whole: that is not waited for very long. */
  private Answer answer(String request) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try (RawConnection connection = new RawConnection(api.port())) {
        return connection.send(request).answer();
      } catch (SocketException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
