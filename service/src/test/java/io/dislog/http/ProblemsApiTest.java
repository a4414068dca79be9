package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.Api.Answer;
import io.dislog.http.exchange.InFlight;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.Route;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no resource gets to see, and limits, with small ones. */
@QuarkusTest
@TestProfile(SmallProfile.class)
final class ProblemsApiTest {

  @TestHTTPResource URI base;
  @Inject InFlight inFlight;
  private Api api;

  @BeforeEach
  void connect() {
    api = new Api(base).awaitReady();
  }

  @Test
  void anAppendCreatesItsLogWhereThatIsConfigured() {
    Answer answer = api.send("POST", "/v1/logs/auto/records", "a").about(0, 1);
    assertThat(answer.status()).isEqualTo(201);
    assertThat(api.get("/v1/logs/auto").status()).isEqualTo(200);
    api.send("POST", "/v1/logs/auto-bad/records", "", "Content-Type", "application/x-ndjson")
        .refusedAs(ProblemType.EMPTY_BATCH)
        .aboutNoLog();
    api.get("/v1/logs/auto-bad").refusedAs(ProblemType.UNKNOWN_LOG);
    api.get("/v1/logs/auto-bad/records").refusedAs(ProblemType.UNKNOWN_LOG);
  }

  @Test
  void aLogRemembersNoMoreProducersThanItMay() {
    String records = api.newLog() + "/records";
    for (String producer : List.of("a", "b")) {
      assertThat(produce(records, producer).status()).isEqualTo(201);
    }
    Answer refused = produce(records, "c").refusedAs(ProblemType.TOO_MANY_PRODUCERS);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.json().path("retryable").booleanValue()).isTrue();
    assertThat(produce(records, "a").status()).as("a repeat").isEqualTo(200);
  }

  private Answer produce(String records, String producer) {
    return api.send(
        "POST", records, "x", "Producer-Id", producer, "Producer-Epoch", "0", "Producer-Seq", "0");
  }

  @Test
  void whatHasNoRouteIsNotFound() {
    for (String path :
        List.of(
            "/",
            "/v1",
            "/v2/logs",
            "/v1/log",
            "/v1/logs/a/b",
            "/q/health",
            "/index.html",
            "/v1/logs/a/records/0/x")) {
      api.get(path).refusedAs(ProblemType.NOT_FOUND).aboutNoLog();
      api.send("POST", path, "x").refusedAs(ProblemType.NOT_FOUND);
    }
  }

  @Test
  void aMethodThatDoesNotApplySaysWhichDo() {
    String log = api.newLog();
    Answer answer =
        api.send("POST", log, "x").refusedAs(ProblemType.METHOD_NOT_ALLOWED).aboutNoLog();
    assertThat(answer.header("Allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS, PATCH, PUT");
    api.send("PUT", log + "/records", "x").refusedAs(ProblemType.METHOD_NOT_ALLOWED);
    api.send("DELETE", log + "/records/0", null).refusedAs(ProblemType.METHOD_NOT_ALLOWED);
    api.send("DELETE", "/v1/logs", null).refusedAs(ProblemType.METHOD_NOT_ALLOWED);
    api.send("PUT", "/v1/defaults", "{}").refusedAs(ProblemType.METHOD_NOT_ALLOWED);
    api.send("GET", log + "/retention/run", null).refusedAs(ProblemType.METHOD_NOT_ALLOWED);
    assertThat(api.send("OPTIONS", "/v1/cluster", null).header("Allow"))
        .isEqualTo("GET, HEAD, OPTIONS");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /v1/logs/../../etc/passwd, invalid-log-name",
    "GET /v1/logs/%2e%2e/records, invalid-log-name",
    "GET /v1/logs//records, invalid-log-name",
    "GET /v1/logs/a%zz, invalid-log-name",
    "GET /v1/logs/a;b, invalid-log-name",
    "GET /v1/logs/a/, not-found",
    "GET /v1//logs, not-found",
    "GET /v1/logs/../defaults, invalid-log-name",
    "GET /%, bad-request",
    "GET /v1/logs/a/consumers/a;b, invalid-consumer-name",
    "DELETE /v1/logs/a/consumers/a%2fb, invalid-consumer-name",
    "GET *, not-found",
    "OPTIONS /v1/logs/a/, not-found",
    "GET http://test/v1/logs/A, invalid-log-name",
    "GET /v1/logs?prefix=%zz, bad-request"
  })
  void crookedPathsAreRefused(String line, String type) throws IOException {
    try (Wire wire = new Wire(base)) {
      wire.send(line + " HTTP/1.1\nHost: test\n\n");
      assertThat(wire.readUntil("}")).contains("\"type\":\"/problems/" + type + "\"");
    }
  }

  @Test
  void anUnknownParameterIsRefusedEverywhere() {
    String log = api.newLog();
    api.append(log, "a");
    for (Route route : Route.ALL) {
      String path =
          route
              .template()
              .replace("/v1/logs/{log}", log)
              .replace("{offset}", "0")
              .replaceAll("\\{\\w+}", "0");
      for (String method : route.methods()) {
        if (!method.equals("HEAD") && !route.isOfAnotherProtocol()) {
          Answer answer =
              api.send(method, path + "?Ofset=1", "{}", "Content-Type", "application/json");
          answer.refusedAs(ProblemType.BAD_REQUEST);
          assertThat(answer.json().path("detail").asText()).contains("'Ofset'");
          assertThat(answer.header("Dislog-End-Offset"))
              .isEqualTo(path.startsWith(log) ? "1" : "(none)");
        }
      }
    }
    assertThat(api.get(log + "/records?ofset=1").json().path("detail").asText())
        .contains("did you mean 'offset'?");
    assertThat(api.get(log).json().path("records").intValue()).isEqualTo(1);
  }

  @Test
  void theProblemShowsThePathAsItWasUnderstood() {
    assertThat(api.get("/v1/%6cogs/a%2fb").json().path("instance").asText())
        .isEqualTo("/v1/logs/a%2Fb");
  }

  @Test
  void aBodyOverTheLimitIsTooLargeWhereverItGoes() {
    String log = api.newLog();
    byte[] body = new byte[SmallProfile.MAX_BYTES + 1];
    for (String path : List.of(log + "/records", "/v1/logs/Bad/records", "/nowhere")) {
      Answer answer = api.sendBytes("POST", path, body);
      answer.refusedAs(ProblemType.BATCH_TOO_LARGE).aboutNoLog();
      assertThat(answer.json().path("limit").intValue()).isEqualTo(SmallProfile.MAX_BYTES);
    }
    api.sendBytes("PUT", log, body).refusedAs(ProblemType.BATCH_TOO_LARGE);
    api.sendBytes("GET", log, body).refusedAs(ProblemType.BATCH_TOO_LARGE);
    byte[] most = new byte[SmallProfile.MAX_BYTES];
    assertThat(api.sendBytes("POST", log + "/records", most).status()).isEqualTo(201);
  }

  @Test
  void aLargeBodyIsRefusedBeforeItComes() throws IOException {
    try (Wire wire = new Wire(base)) {
      wire.send("POST /v1/logs/a/records HTTP/1.1\nHost: test\nContent-Length: 999999999\n\nxxx");
      assertThat(wire.readUntil("}")).contains("413", "batch-too-large", "Connection: close");
    }
    try (Wire wire = new Wire(base)) {
      wire.send(
          "POST /v1/logs/a/records HTTP/1.1\nHost: test\nContent-Length: 999999\nExpect: 100-continue\n\n");
      assertThat(wire.readAll()).startsWith("HTTP/1.1 413").contains("batch-too-large");
    }
  }

  @Test
  void aChunkedBodyIsRefusedAsSoonAsItIsTooLarge() throws IOException {
    try (Wire wire = new Wire(base)) {
      wire.send("POST /v1/logs/a/records HTTP/1.1\nHost: test\nTransfer-Encoding: chunked\n\n");
      wire.send("30d40\n").sendBytes(new byte[200_000]).send("\n");
      assertThat(wire.readUntil("}")).contains("413", "batch-too-large");
      // Only when the client has sent the rest is the connection closed, and not reset.
      wire.send("1\nx\n0\n\n");
      assertThat(wire.readAll()).isEmpty();
    }
  }

  @Test
  void whoWaitsWithBytesKeepsOthersOut() throws IOException {
    String log = api.newLog();
    try (Wire waiting = new Wire(base)) {
      waitWithBytes(waiting, log);
      Answer busy = api.sendBytes("POST", log + "/records", new byte[90_000]);
      busy.refusedAs(ProblemType.TOO_BUSY).about(0, 0);
      assertThat(busy.header("Retry-After")).matches("[1-9]\\d*");
      assertThat(api.send("PUT", log + "/consumers/c", "{\"offset\":0}").status()).isEqualTo(201);
      waiting.sendBytes(new byte[1]);
      assertThat(waiting.readUntil("\r\n\r\n")).contains("201 Created");
    }
    awaitAppend(log);
  }

  @Test
  void whoeverGoesAwayGivesItsBytesBack() throws IOException {
    String log = api.newLog();
    try (Wire waiting = new Wire(base)) {
      waitWithBytes(waiting, log);
    }
    awaitAppend(log);
  }

  /** Bytes are given back once an answer has gone, a moment after who waits for it may have it. */
  private void awaitAppend(String log) {
    Set<String> others = new TreeSet<>();
    Await.until(
        () -> {
          Answer answer = api.sendBytes("POST", log + "/records", new byte[90_000]);
          others.add(answer.text());
          return answer.status() == 201;
        },
        others);
  }

  @Test
  void contentEncodingsAreRefusedOnEveryBody() {
    api.send("PUT", "/v1/logs/encoded", "{}", "Content-Encoding", "gzip")
        .refusedAs(ProblemType.UNSUPPORTED_MEDIA_TYPE)
        .aboutNoLog();
    assertThat(api.get("/v1/logs", "Content-Encoding", "gzip").status()).isEqualTo(200);
  }

  @Test
  void longLinesAndHeadersAreRefused() {
    api.get("/v1/logs/" + "a".repeat(17_000)).refusedAs(ProblemType.URI_TOO_LONG);
    api.get("/v1/logs", "X-Long", "a".repeat(132_000)).refusedAs(ProblemType.HEADERS_TOO_LARGE);
  }

  @Test
  void requestsOnOneConnectionGoOnAfterARefusal() throws IOException {
    try (Wire wire = new Wire(base)) {
      String refused = "POST /v1/logs/Bad/records HTTP/1.1\nHost: test\nContent-Length: 3\n\nabc";
      wire.send(refused + "GET /v1/cluster HTTP/1.1\nHost: test\n\n");
      assertThat(wire.readUntil("\"shards\":[]}")).contains("invalid-log-name", "200 OK");
    }
  }

  /** Has a request wait whose body comes but for its last byte. */
  private void waitWithBytes(Wire wire, String log) throws IOException {
    wire.send(
        "POST "
            + log
            + "/records HTTP/1.1\nHost: test\nContent-Length: 99999\nExpect: 100-continue\n\n");
    wire.readUntil("100 Continue\r\n\r\n");
    wire.sendBytes(new byte[99_998]);
    Await.until(() -> inFlight.bytes() >= 99_999);
  }
}
