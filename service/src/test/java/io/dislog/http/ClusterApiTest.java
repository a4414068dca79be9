package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.commit.Member;
import io.dislog.http.Api.Answer;
import io.dislog.http.notation.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of the nodes, and what can be asked of them. */
@QuarkusTest
@TestProfile(ClusterProfile.class)
final class ClusterApiTest {

  private static final String NODES = "/v1/cluster/nodes/";

  @TestHTTPResource URI base;

  @TestHTTPResource(management = true)
  URI management;

  private FakeCluster cluster;
  private Api api;

  @BeforeEach
  void begin() {
    cluster = FakeCluster.current;
    cluster.reset();
    api = new Api(base).awaitReady();
    cluster.asked.clear();
  }

  @Test
  void readinessSaysHowTheStorageIs() {
    assertThat(new Api(management).get("/q/health/ready").json().findValuesAsText("storage"))
        .containsAnyOf("ok", "pressure")
        .hasSize(1);
  }

  @Test
  void theShardsAreDescribed() {
    JsonNode shards = api.get("/v1/cluster").json().path("shards");
    assertThat(shards.size()).isEqualTo(FakeCluster.SHARDS);
    assertThat(shards.get(3).toString())
        .isEqualTo(
            "{\"id\":3,\"leader\":\"n1\",\"term\":7,\"replicas\":[\"n1\"],\"lag\":{\"n1\":3},\"applied\":17,\"committed\":20}");
    cluster.led(null);
    JsonNode without = api.get("/v1/cluster").json().path("shards").get(0);
    assertThat(without.has("leader")).isFalse();
    assertThat(cluster.asked).isEmpty();
  }

  @Test
  void aNodeTellsOfItself() {
    JsonNode own = api.get(NODES + "n1").json();
    assertThat(own.toString())
        .startsWith(
            "{\"id\":\"n1\",\"address\":\"10.9.8.7:8080\",\"ready\":true,\"formed\":true,\"version\":\"")
        .doesNotContain("\"why\"");
    assertThat(own.path("version").textValue()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
    long capacity = own.at("/storage/capacityBytes").longValue();
    assertThat(capacity).isPositive();
    assertThat(own.at("/storage/usedBytes").longValue()).isBetween(1L, capacity);
    api.get(NODES + "n9").refusedAs(ProblemType.NOT_FOUND);
    cluster.has(new Member("n2", "127.0.0.1", 1, 1));
    assertThat(api.get(NODES + "n2").json().path("why").textValue()).isNotEmpty();
    // Who asks for another node's own word does not get a third one's.
    api.get(NODES + "n2", "Dislog-Forwarded", "n3").refusedAs(ProblemType.NOT_FOUND);
  }

  @Test
  void aNodeTellsWhatItsRetentionDid() {
    JsonNode before = api.get(NODES + "n1").json().path("retention");
    String log = api.newLog();
    api.append(log, "a");
    assertThat(api.send("POST", log + "/segments", "").status()).isEqualTo(201);
    api.send("PATCH", log, "{\"retention\":{\"maxBytes\":1}}", "Content-Type", "application/json");
    assertThat(api.send("POST", log + "/retention/run", "").status()).isEqualTo(200);
    JsonNode after = api.get(NODES + "n1").json().path("retention");
    assertThat(after.path("deletedSegments").longValue())
        .isEqualTo(before.path("deletedSegments").longValue() + 1);
    assertThat(after.path("reclaimedBytes").longValue())
        .isGreaterThan(before.path("reclaimedBytes").longValue());
  }

  @Test
  void howOftenANodeRunsRetentionIsChangedWhileItRuns() {
    String json = "application/json";
    assertThat(api.get(NODES + "n1").json().at("/retention/interval").textValue()).isEqualTo("30s");
    String own = "{\"retention\":{\"interval\":\"60s\"}}";
    Answer changed = api.send("PATCH", NODES + "n1", own, "Content-Type", json);
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.json().at("/retention/interval").textValue()).isEqualTo("1m");
    api.send("PATCH", NODES + "n1", "{}", "Content-Type", json);
    assertThat(api.get(NODES + "n1").json().at("/retention/interval").textValue()).isEqualTo("1m");
    String back = "{\"retention\":{\"interval\":null}}";
    assertThat(
            api.send("PATCH", NODES + "n1", back, "Content-Type", "application/merge-patch+json")
                .json()
                .at("/retention/interval")
                .textValue())
        .isEqualTo("30s");
    for (String body :
        List.of(
            "",
            "[]",
            "{\"interval\":\"5s\"}",
            "{\"retention\":null}",
            "{\"retention\":\"5s\"}",
            "{\"retention\":{\"lastRun\":\"2026-11-22T12:14:05.120Z\"}}",
            "{\"retention\":{\"interval\":\"5s\",\"deletedSegments\":0}}",
            "{\"retention\":{\"interval\":5}}",
            "{\"retention\":{\"interval\":\"0s\"}}",
            "{\"retention\":{\"interval\":\"366d\"}}",
            "{\"retention\":{\"interval\":\"often\"}}")) {
      api.send("PATCH", NODES + "n1", body, "Content-Type", json)
          .refusedAs(ProblemType.BAD_REQUEST);
    }
    api.send("PATCH", NODES + "n1", own).refusedAs(ProblemType.UNSUPPORTED_MEDIA_TYPE);
    cluster.has(new Member("n2", "127.0.0.1", 1, 1));
    assertThat(
            api.send("PATCH", NODES + "n2", own, "Content-Type", json)
                .refusedAs(ProblemType.BAD_REQUEST)
                .text())
        .contains("127.0.0.1:1");
    api.send("PATCH", NODES + "n9", own, "Content-Type", json).refusedAs(ProblemType.NOT_FOUND);
    assertThat(api.get(NODES + "n1").json().at("/retention/interval").textValue()).isEqualTo("30s");
  }

  @Test
  void aNodeIsAddedAndTakenOut() {
    String body = "{\"address\":\"127.0.0.1:9702:1\"}";
    Answer added = api.send("PUT", NODES + "n2", body);
    assertThat(added.status()).isEqualTo(201);
    assertThat(added.json().path("nodes").findValuesAsText("id")).containsExactly("n1", "n2");
    assertThat(api.send("PUT", NODES + "n2", body).status()).isEqualTo(200);
    assertThat(
            api.send("PUT", NODES + "n2", "{\"address\":\"127.0.0.1:9702:1\",\"empty\":true}")
                .status())
        .isEqualTo(200);
    assertThat(api.send("DELETE", NODES + "n2", null).status()).isEqualTo(204);
    assertThat(api.send("DELETE", NODES + "n2", null).status()).isEqualTo(204);
    api.send("DELETE", NODES + "n1", null).refusedAs(ProblemType.BAD_REQUEST);
    assertThat(cluster.asked)
        .containsExactly(
            "add n2 127.0.0.1:9702 false",
            "add n2 127.0.0.1:9702 false",
            "add n2 127.0.0.1:9702 true",
            "remove n2",
            "remove n2");
  }

  @Test
  void whatIsNoNodeIsRefused() {
    for (String body :
        List.of(
            "",
            "[]",
            "{}",
            "{\"address\":7}",
            "{\"address\":\"h:1\"}",
            "{\"address\":\"h:1:70000\"}",
            "{\"address\":\"h:1:2\",\"empty\":\"yes\"}",
            "{\"address\":\"h:1:2\",\"empty\":null}")) {
      api.send("PUT", NODES + "n2", body).refusedAs(ProblemType.BAD_REQUEST);
    }
    api.send("PUT", NODES + "N2", "{\"address\":\"h:1:2\"}").refusedAs(ProblemType.BAD_REQUEST);
    assertThat(cluster.asked).isEmpty();
  }

  @Test
  void aShardIsLedByWhomOneSays() {
    cluster.has(new Member("n2", "127.0.0.1", 1, 1));
    Answer led = api.send("PUT", "/v1/cluster/shards/2/leader", "{\"node\":\"n2\"}");
    assertThat(led.status()).isEqualTo(200);
    assertThat(led.json().path("id").intValue()).isEqualTo(2);
    assertThat(led.json().path("leader").textValue()).isEqualTo("n2");
    assertThat(cluster.asked).containsExactly("lead 2 n2");
    for (String shard : List.of("4", "x", "-1", "99999999999999999999")) {
      api.send("PUT", "/v1/cluster/shards/" + shard + "/leader", "{\"node\":\"n2\"}")
          .refusedAs(ProblemType.NOT_FOUND);
    }
    api.send("PUT", "/v1/cluster/shards/2/leader", "{\"node\":\"n3\"}")
        .refusedAs(ProblemType.NOT_FOUND);
    api.send("PUT", "/v1/cluster/shards/2/leader", "{}").refusedAs(ProblemType.BAD_REQUEST);
    api.get("/v1/cluster/shards/2/leader").refusedAs(ProblemType.METHOD_NOT_ALLOWED);
  }

  @Test
  void eachShardHasItsMeters() {
    String metrics = new Api(management).get("/q/metrics").text();
    assertThat(metrics)
        .contains(
            "\ndislog_shard_leader{shard=\"0\"} 1.0\n",
            "\ndislog_shard_leader{shard=\"3\"} 1.0\n",
            "\ndislog_shard_term{shard=\"3\"} 7.0\n",
            "\ndislog_shard_committed_index{shard=\"3\"} 20.0\n",
            "\ndislog_shard_applied_index{shard=\"3\"} 17.0\n",
            "\ndislog_shard_apply_lag{shard=\"3\"} 3.0\n",
            "\ndislog_shard_elections_total{shard=\"3\"} 3.0\n",
            "\ndislog_shard_fetched_bytes_total{shard=\"3\"} 1000.0\n",
            "\ndislog_shard_damaged_logs{shard=\"3\"} 1.0\n",
            "\ndislog_shard_healed_logs_total{shard=\"3\"} 2.0\n")
        .doesNotContain("shard=\"4\"");
  }
}
