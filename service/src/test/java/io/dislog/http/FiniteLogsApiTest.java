package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.http.Api.Answer;
import io.dislog.http.notation.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logs that have a content type, are closed, and go by themselves. */
@QuarkusTest
@TestProfile(DefaultProfile.class)
final class FiniteLogsApiTest {

  private static final String STAMP = "Producer-Epoch";

  @TestHTTPResource URI base;
  private Api api;

  @BeforeEach
  void connect() {
    api = new Api(base).awaitReady();
  }

  @Test
  void whatALogIsMadeAsIsToldAndComparedAndCantBeChanged() {
    String config = "{\"contentType\":\"text/plain\",\"ttl\":\"90s\"}";
    assertThat(api.send("PUT", "/v1/logs/finite", config).status()).isEqualTo(201);
    JsonNode told = api.get("/v1/logs/finite").json().path("config");
    assertThat(told.path("contentType").textValue()).isEqualTo("text/plain");
    assertThat(told.path("ttl").textValue()).isEqualTo("90s");
    assertThat(api.send("PUT", "/v1/logs/finite", config).status()).isEqualTo(200);
    assertThat(api.send("PUT", "/v1/logs/finite", null).status()).isEqualTo(200);
    api.send("PUT", "/v1/logs/finite", "{\"contentType\":\"text/plain\"}")
        .refusedAs(ProblemType.LOG_CONFIG_DIFFERS);
    api.send(
            "PATCH",
            "/v1/logs/finite",
            "{\"ttl\":\"5s\"}",
            "Content-Type",
            "application/merge-patch+json")
        .refusedAs(ProblemType.INVALID_CONFIG);
    api.append("/v1/logs/finite", "a");
    assertThat(api.get("/v1/logs/finite/records/0").header("Content-Type")).isEqualTo("text/plain");
  }

  @Test
  void aLogOfJsonTakesNothingElse() {
    api.send("PUT", "/v1/logs/json", "{\"contentType\":\"application/json\"}");
    Answer lines =
        api.send(
            "POST", "/v1/logs/json/records", "{}\nno\n", "Content-Type", "application/x-ndjson");
    lines.refusedAs(ProblemType.MALFORMED_BATCH);
    assertThat(lines.json().path("index").intValue()).isEqualTo(1);
    assertThat(api.send("POST", "/v1/logs/json/records", "{\"a\":[1]}").status()).isEqualTo(201);
    api.get("/v1/logs/json").about(0, 1);
  }

  @Test
  void aClosedLogTakesNothingMoreAndSaysSoEverywhere() {
    String log = api.newLog();
    api.append(log, "a");
    Answer closed = api.send("POST", log + "/close", "");
    assertThat(closed.status()).isEqualTo(200);
    assertThat(closed.json().path("closed").booleanValue()).isTrue();
    assertThat(closed.header("Dislog-Closed")).isEqualTo("true");
    assertThat(api.send("POST", log + "/close", "").status()).isEqualTo(200);
    api.send("POST", log + "/records", "b").refusedAs(ProblemType.LOG_CLOSED).about(0, 1);
    JsonNode page = api.get(log + "/records").json();
    assertThat(page.path("upToDate").booleanValue()).isTrue();
    assertThat(page.path("closed").booleanValue()).isTrue();
    assertThat(api.get(log + "/records?limit=1&offset=0").json().has("closed")).isTrue();
    Instant before = Instant.now();
    assertThat(api.get(log + "/records?offset=1&wait=50s").json().path("closed").booleanValue())
        .isTrue();
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(40));
    Answer events = api.get(log + "/records?offset=0", "Accept", "text/event-stream");
    assertThat(events.text()).endsWith("event: closed\ndata: {\"nextOffset\":1}\n\n");
    assertThat(api.get(log + "/records?offset=1", "Accept", "text/event-stream").status())
        .isEqualTo(204);
  }

  @Test
  void aLastBatchClosesTheLogAndItsRepeatIsARepeat() {
    String log = api.newLog();
    String[] first = {"Producer-Id", "p", STAMP, "0", "Producer-Seq", "0", "Dislog-Close", "true"};
    assertThat(api.send("POST", log + "/records", "a", first).status()).isEqualTo(201);
    Answer again = api.send("POST", log + "/records", "a", first);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("Dislog-Duplicate")).isEqualTo("true");
    api.send("POST", log + "/records", "b", "Producer-Id", "p", STAMP, "0", "Producer-Seq", "1")
        .refusedAs(ProblemType.LOG_CLOSED);
    api.send("POST", log + "/close", "", "Dislog-Expected-Offset", "7")
        .refusedAs(ProblemType.OFFSET_MISMATCH);
    api.send("POST", log + "/records", "b", "Dislog-Close", "yes")
        .refusedAs(ProblemType.BAD_REQUEST);
  }

  @Test
  void aLogGoesAtItsTimeAndAnotherCanBeMade() {
    String config = "{\"expiresAt\":\"%s\"}".formatted(Instant.now().plusSeconds(2));
    assertThat(api.send("PUT", "/v1/logs/expiring", config).status()).isEqualTo(201);
    Await.until(() -> api.get("/v1/logs/expiring").status() == 404);
    api.get("/v1/logs/expiring").refusedAs(ProblemType.UNKNOWN_LOG);
    assertThat(api.get("/v1/logs?prefix=expiring").json().path("logs")).isEmpty();
    assertThat(api.send("PUT", "/v1/logs/expiring", "{}").status()).isEqualTo(201);
  }

  @Test
  void aLogThatIsReadStaysAndGoesOnceItIsNot() {
    api.send("PUT", "/v1/logs/used", "{\"ttl\":\"3s\"}");
    api.append("/v1/logs/used", "a");
    Instant until = Instant.now().plusSeconds(6);
    while (Instant.now().isBefore(until)) { // Twice as long as it lives unused.
      assertThat(api.get("/v1/logs/used/records").status()).isEqualTo(200);
    }
    Await.until(() -> api.send("HEAD", "/v1/logs/used", null).status() == 404);
  }

  @Test
  void aNameThatStandsForAPathIsMadeAsAStreamAlone() {
    api.send("PUT", "/v1/logs/x---abc", null).refusedAs(ProblemType.INVALID_LOG_NAME);
    assertThat(api.send("PUT", "/v1/stream/Shop/Orders", "", "Content-Type", "text/plain").status())
        .isEqualTo(201);
    assertThat(api.get("/v1/logs/x--_53hop_2f_4frders").json().path("path").textValue())
        .isEqualTo("Shop/Orders");
  }

  @Test
  void aForkIsALogOfItsOwnAndItsSourceKeepsItsName() {
    String from = "/v1/stream/tree";
    api.send("PUT", from, "one", "Content-Type", "text/plain");
    Answer forked = api.send("PUT", "/v1/stream/branch", "two", "Stream-Forked-From", from);
    assertThat(forked.status()).isEqualTo(201);
    assertThat(api.get("/v1/stream/branch").text()).isEqualTo("onetwo");
    assertThat(api.get("/v1/stream/tree").text()).isEqualTo("one");
    assertThat(api.send("DELETE", "/v1/logs/tree", null).status()).isEqualTo(204);
    api.get("/v1/logs/tree").refusedAs(ProblemType.LOG_RETIRED);
    api.send("PUT", "/v1/logs/tree", null).refusedAs(ProblemType.LOG_CONFIG_DIFFERS);
    assertThat(api.send("DELETE", "/v1/logs/branch", null).status()).isEqualTo(204);
    Await.until(() -> api.get("/v1/logs/tree").status() == 404);
  }

  @Test
  void requestsForOneForkAtATailThatMovesAgreeOnWhereItBegins() throws Exception {
    String from = "/v1/stream/moving";
    api.send("PUT", from, "0", "Content-Type", "text/plain");
    for (int fork = 0; fork < 30; fork++) {
      String path = "/v1/stream/moving-fork-" + fork;
      List<Callable<Integer>> clients = new ArrayList<>();
      for (int client = 0; client < 4; client++) {
        clients.add(() -> {
          api.append("/v1/logs/moving", "more");
          return api.send("PUT", path, "", "Stream-Forked-From", from).status();
        });
      }
      List<Integer> statuses = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (Future<Integer> status : threads.invokeAll(clients)) {
          statuses.add(status.get());
        }
      }
      assertThat(statuses).as(path).containsOnlyOnce(201).containsOnly(200, 201);
    }
  }
}
