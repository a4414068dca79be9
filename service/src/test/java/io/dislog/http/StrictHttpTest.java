package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.notation.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What HTTP/1.1 does not allow is answered once, and nothing behind it is read. */
@QuarkusTest
@TestProfile(SmallProfile.class)
final class StrictHttpTest {

  private static final String POST = "POST /v1/logs/strict/records HTTP/1.1\nHost: test\n";
  private static final String NEXT = "GET /v1/cluster HTTP/1.1\nHost: test\n\n";
  private static final String CHUNKS = "\n1\na\n0\n\n";

  @TestHTTPResource URI base;

  @TestHTTPResource(value = "/", management = true)
  URI management;

  @BeforeEach
  void awaitReady() {
    new Api(base).awaitReady();
  }

  @Test
  void doubtsOfWhereABodyEndsAreRefused() throws IOException {
    for (String rest :
        List.of(
            "Content-Length: 5\nTransfer-Encoding: chunked\n" + CHUNKS,
            "Transfer-Encoding: chunked\nContent-Length: 5\n" + CHUNKS,
            "Transfer-Encoding: chunked, identity\n" + CHUNKS,
            "Transfer-Encoding: chunked\nTransfer-Encoding: chunked\n" + CHUNKS,
            "Content-Length: 1\nContent-Length: 2\n\na",
            "Content-Length: 1, 2\n\na",
            "Content-Length: one\n\na",
            "Content-Length: +1\n\na",
            "Content-Length: -1\n\na",
            "Content-Length: 99999999999999999999\n\na",
            "Transfer-Encoding: chunked\n\nx\na\n0\n\n",
            "Transfer-Encoding: chunked\n\nffffffffff\na\n0\n\n")) {
      refuses(base, POST + rest, ProblemType.BAD_REQUEST, "/v1/logs/strict/records");
    }
    refuses(
        base,
        POST.replace("1.1", "1.0") + "Transfer-Encoding: chunked\n" + CHUNKS,
        ProblemType.BAD_REQUEST,
        "/v1/logs/strict/records");
  }

  @Test
  void transferCodingsThatAreNotKnownAreNotImplemented() throws IOException {
    for (String coding : List.of("xchunked", "gzip, chunked", "identity", "")) {
      refuses(
          base,
          POST + "Transfer-Encoding: " + coding + "\n" + CHUNKS,
          ProblemType.NOT_IMPLEMENTED,
          "/v1/logs/strict/records");
    }
  }

  @Test
  void headersThatCanBeReadInTwoWaysAreRefused() throws IOException {
    for (String headers :
        List.of(
            "Host: a\nX-A: b\n  c\n",
            "Host: a\nHost: b\n",
            "Host: a\nHost: a\n",
            "X-A: no host\n",
            "Host: a b\n",
            "Host: a/b\n",
            "Host: a\n: b\n",
            "Host: a\nX : b\n",
            "Host : a\n",
            "Host: a\nno colon\n")) {
      refuses(
          base, "GET /v1/logs HTTP/1.1\n" + headers + "\n", ProblemType.BAD_REQUEST, "/v1/logs");
    }
  }

  @Test
  void whatIsLongerThanAnyBufferIsToldSo() throws IOException {
    String line = "GET /v1/logs?prefix=" + "x".repeat(1 << 20);
    refuses(base, line, ProblemType.URI_TOO_LONG, "/v1/logs");
    String headers = "GET /v1/logs HTTP/1.1\nHost: a\n" + "X-A: aaaaaaaaaa\n".repeat(1 << 16);
    refuses(base, headers, ProblemType.HEADERS_TOO_LARGE, "/v1/logs");
  }

  @Test
  void theManagementPortIsAsStrict() throws IOException {
    for (Map.Entry<String, ProblemType> request :
        Map.of(
                "Host: a\nHost: b\n\n",
                ProblemType.BAD_REQUEST,
                "Host: a\nX: b\n c\n\n",
                ProblemType.BAD_REQUEST,
                "Host: a\nTransfer-Encoding: x\n" + CHUNKS,
                ProblemType.NOT_IMPLEMENTED)
            .entrySet()) {
      refuses(
          management,
          "GET /q/metrics HTTP/1.1\n" + request.getKey(),
          request.getValue(),
          "/q/metrics");
    }
  }

  @Test
  void whatIsSoundIsTaken() throws IOException {
    try (Wire wire = new Wire(base)) {
      wire.send("\nPUT /v1/logs/strict HTTP/1.1\nhost: [::1]:80\nX:\nContent-Length: 0\n\n");
      assertThat(wire.readUntil("\r\n\r\n")).contains(" 201 ");
      wire.readUntil("}");
    }
    try (Wire wire = new Wire(base)) {
      wire.send(POST + "Transfer-Encoding: Chunked\nConnection: close\n" + CHUNKS);
      assertThat(wire.readAll()).startsWith("HTTP/1.1 201");
    }
    try (Wire wire = new Wire(base)) {
      wire.send("GET /v1/logs/strict HTTP/1.0\n\n");
      assertThat(wire.readAll()).contains(" 200 ");
    }
  }

  private static void refuses(URI to, String request, ProblemType type, String path)
      throws IOException {
    try (Wire wire = new Wire(to)) {
      wire.trySend(request + NEXT);
      String answer = wire.readAll();
      assertThat(answer).as(request).startsWith("HTTP/1.1 " + type.status() + " ");
      assertThat(answer)
          .as(request)
          .contains(
              "application/problem+json",
              "\"type\":\"" + type.uri() + "\"",
              "\"instance\":\"" + path + "\"",
              "Connection: close");
      assertThat(answer.split("HTTP/1.1 ", -1)).as(request).hasSize(2);
    }
  }
}
