package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.Api.Answer;
import io.dislog.http.api.Lag;
import io.dislog.http.notation.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(DefaultProfile.class)
final class StreamApiTest {

  private static final int TRIES = 5;
  private static final String EVENTS = "text/event-stream";

  @TestHTTPResource URI base;
  private Api api;
  private String log;

  @BeforeEach
  void createLog() {
    api = new Api(base);
    log = api.newLog();
  }

  @Test
  void aStreamCatchesUpAndGoesOn() throws IOException {
    api.append(log, "a", "b");
    try (Wire stream = stream("?offset=1", "")) {
      String head = stream.readUntil("\r\n\r\n");
      assertThat(head)
          .contains("200 OK", "Content-Type: text/event-stream", "Dislog-End-Offset: 2");
      assertThat(head).doesNotContain("Dislog-Next-Offset");
      String first = stream.readUntil("\"value\":\"b\"}\n\n");
      assertThat(first).contains("id: 1\nevent: record\ndata: {\"offset\":1,");
      assertThat(first).doesNotContain("id: 0");
      api.append(log, "line\nline");
      assertThat(stream.readUntil("line\\nline\"}\n\n")).contains("id: 2\n");
    }
  }

  @Test
  void aStreamResumesBehindTheLastEvent() throws IOException {
    api.append(log, "a", "b", "c");
    try (Wire stream = stream("?offset=earliest", "Last-Event-ID: 1\n")) {
      String events = stream.readUntil("\"c\"}\n\n");
      assertThat(events).contains("id: 2\n").doesNotContain("id: 0\n").doesNotContain("id: 1\n");
    }
  }

  @Test
  void aResumptionOutsideOfTheLogIsRefusedOrClamped() throws IOException {
    api.append(log, "a", "b", "c");
    api.send("DELETE", log + "/records?before=2", null);
    resume("x", "").refusedAs(ProblemType.BAD_REQUEST).about(2, 3);
    resume("-1", "").refusedAs(ProblemType.BAD_REQUEST);
    resume("0", "").refusedAs(ProblemType.OFFSET_TRIMMED).about(2, 3);
    resume("3", "").refusedAs(ProblemType.OFFSET_BEYOND_END).about(2, 3);
    resume("9", "").refusedAs(ProblemType.OFFSET_BEYOND_END);
    try (Wire stream = stream("?clamp=true", "Last-Event-ID: 0\n")) {
      assertThat(stream.readUntil("\"c\"}\n\n")).contains("id: 2\n");
    }
    try (Wire stream = stream("?clamp=true", "Last-Event-ID: 9\n")) {
      stream.readUntil(":\n\n");
      api.append(log, "d");
      assertThat(stream.readUntil("\"d\"}\n\n")).contains("id: 3\n").doesNotContain("id: 2\n");
    }
    // The last record's own id is what a reader that has seen everything sends.
    try (Wire stream = stream("", "Last-Event-ID: 3\n")) {
      assertThat(stream.readUntil("\r\n\r\n")).contains("200 OK");
    }
  }

  @Test
  void aStreamEndsWithItsLog() throws IOException {
    try (Wire stream = stream("", "Connection: close\n")) {
      stream.readUntil(":\n\n");
      api.send("DELETE", log, null);
      assertThat(stream.readAll()).endsWith("0\r\n\r\n");
    }
  }

  @Test
  void aReaderThatCatchesUpSlowlyIsWaitedFor() throws IOException {
    String large = "x".repeat(900_000);
    for (int i = 0; i < 8; i++) {
      api.append(log, large);
    }
    try (Wire stream = stream("", "")) {
      // Nothing is read for longer than a reader that had caught up would be waited for.
      long since = System.nanoTime();
      Await.until(() -> System.nanoTime() - since > Lag.PATIENCE.toNanos() * 3 / 2);
      assertThat(stream.readUntil("id: 7\n")).contains("id: 0\n");
    }
  }

  @Test
  void aReaderThatHadCaughtUpAndStopsReadingIsDisconnected() throws IOException {
    // Once will do: it may have got the first of the large ones before it had caught up.
    for (int tries = 1; !isDisconnected(); tries++) {
      assertThat(tries).as("readers that got everything").isLessThan(TRIES);
      log = api.newLog();
    }
  }

  /** Whether a reader that has caught up and stops reading does not get everything. */
  private boolean isDisconnected() throws IOException {
    try (Socket reader = new Socket()) {
      reader.setReceiveBufferSize(4096);
      reader.setSoTimeout(60_000);
      reader.connect(new java.net.InetSocketAddress(base.getHost(), base.getPort()));
      reader.getOutputStream().write(request("", "").getBytes(StandardCharsets.US_ASCII));
      byte[] head = reader.getInputStream().readNBytes(10);
      assertThat(head).hasSize(10);
      String large = "x".repeat(900_000);
      for (int i = 0; i < 16; i++) {
        api.append(log, large);
      }
      long since = System.nanoTime();
      Await.until(() -> System.nanoTime() - since > Lag.PATIENCE.toNanos() * 2);
      return read(reader, 16 * 900_000) < 16 * 900_000;
    }
  }

  @Test
  void aHeadOfAStreamEndsAtOnce() {
    Answer head = api.send("HEAD", log + "/records", null, "Accept", EVENTS).about(0, 0);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Type")).isEqualTo(EVENTS);
  }

  private Answer resume(String lastEventId, String query) {
    return api.get(log + "/records" + query, "Accept", EVENTS, "Last-Event-ID", lastEventId);
  }

  private Wire stream(String query, String headers) throws IOException {
    return new Wire(base).send(request(query, headers).replace("\r\n", "\n"));
  }

  private String request(String query, String headers) {
    return ("GET "
            + log
            + "/records"
            + query
            + " HTTP/1.1\nHost: test\nAccept: "
            + EVENTS
            + "\n"
            + headers
            + "\n")
        .replace("\n", "\r\n");
  }

  /** How many bytes come before the connection ends, or at least so many. */
  private static long read(Socket socket, long most) {
    long count = 0;
    byte[] buffer = new byte[1 << 16];
    try {
      int read = 0;
      while (count < most && read >= 0) {
        count += read;
        read = socket.getInputStream().read(buffer);
      }
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("still connected after " + count + " bytes", e);
    } catch (IOException reset) {
      return count;
    }
    return count;
  }
}
