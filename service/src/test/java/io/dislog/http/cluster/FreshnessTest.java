package io.dislog.http.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.Api;
import io.dislog.http.Api.Answer;
import io.dislog.http.ClusterProfile;
import io.dislog.http.FakeCluster;
import io.dislog.http.Wire;
import io.dislog.http.notation.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What reads ask the leader, and what they say where it does not answer. */
@QuarkusTest
@TestProfile(ClusterProfile.class)
final class FreshnessTest {

  private static final String HEADER = "Dislog-Consistency";

  @TestHTTPResource URI base;

  private FakeCluster cluster;
  private Api api;
  private String log;

  @BeforeEach
  void begin() {
    cluster = FakeCluster.current;
    cluster.reset();
    api = new Api(base).awaitReady();
    log = api.newLog();
    api.append(log, "a", "b");
    cluster.asked.clear();
  }

  @Test
  void aReadAsksForTheShardOfItsLog() {
    int shard = cluster.shardOf(log.substring("/v1/logs/".length()));
    List<String> reads =
        List.of("", "/records", "/records/1", "/segments", "/retention/plan", "/consumers");
    for (String read : reads) {
      Answer answer = api.get(log + read);
      assertThat(answer.status()).as(read).isEqualTo(200);
      assertThat(answer.header(HEADER)).isEqualTo("(none)");
      assertThat(api.send("HEAD", log + read, null).status()).isEqualTo(200);
    }
    assertThat(cluster.asked).hasSize(2 * reads.size()).containsOnly("freshen " + shard + " 1000");
    cluster.asked.clear();
    assertThat(api.get("/v1/defaults").status()).isEqualTo(200);
    assertThat(cluster.asked).containsExactly("freshen 0 1000");
    cluster.asked.clear();
    assertThat(api.get("/v1/logs").status()).isEqualTo(200);
    assertThat(cluster.asked)
        .containsExactlyInAnyOrder(
            "freshen 0 1000", "freshen 1 1000", "freshen 2 1000", "freshen 3 1000");
  }

  @Test
  void whatIsRefusedAnywayAsksNobody() {
    api.get("/v1/logs/NO").refusedAs(ProblemType.INVALID_LOG_NAME);
    api.get(log + "/nothing").refusedAs(ProblemType.NOT_FOUND);
    api.get(log + "/retention/run").refusedAs(ProblemType.METHOD_NOT_ALLOWED);
    assertThat(api.get("/v1/cluster").status()).isEqualTo(200);
    assertThat(cluster.asked).isEmpty();
  }

  @Test
  void whereTheLeaderSaysNothingTheAnswerIsLocalAndSaysSo() {
    cluster.fresh(null);
    Answer answer = api.get(log + "/records/1");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("b");
    assertThat(answer.header(HEADER)).isEqualTo("local");
    cluster.fresh(false);
    assertThat(api.get("/v1/logs").header(HEADER)).isEqualTo("local");
    // Refusals too, for they may be out of date as well.
    assertThat(
            api.get(log + "/records?offset=9")
                .refusedAs(ProblemType.OFFSET_BEYOND_END)
                .header(HEADER))
        .isEqualTo("local");
  }

  @Test
  void whoWantsTheLeaderGetsItOrNothing() {
    assertThat(api.get(log + "?consistency=leader").status()).isEqualTo(200);
    assertThat(cluster.asked).hasSize(1);
    cluster.fresh(false);
    Answer answer = api.get(log + "?consistency=leader").refusedAs(ProblemType.NO_LEADER);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(answer.header(HEADER)).isEqualTo("local");
    answer.about(0, 2);
    assertThat(api.send("HEAD", log + "?consistency=leader", null).status()).isEqualTo(503);
  }

  @Test
  void whoWantsWhatIsHereAsksNobody() {
    cluster.fresh(null);
    Answer answer = api.get(log + "/records?consistency=local&offset=1");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header(HEADER)).isEqualTo("local");
    assertThat(cluster.asked).isEmpty();
  }

  @Test
  void anotherConsistencyIsRefused() {
    for (String query : List.of("=strong", "=", "", "=local&consistency=local", "=LOCAL")) {
      api.get(log + "?consistency" + query).refusedAs(ProblemType.BAD_REQUEST).about(0, 2);
    }
    assertThat(cluster.asked).isEmpty();
  }

  @Test
  void aStreamIsFreshAtItsStart() throws Exception {
    try (Wire wire = new Wire(base)) {
      wire.send("GET " + log + "/records HTTP/1.1\nHost: a\nAccept: text/event-stream\n\n");
      wire.readUntil("id: 1\n");
      assertThat(cluster.asked).hasSize(1);
      api.append(log, "c");
      wire.readUntil("id: 2\n");
    }
    assertThat(cluster.asked).hasSize(1);
  }
}
