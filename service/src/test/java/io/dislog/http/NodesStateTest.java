package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node says of the others, which it asks. */
@QuarkusTest
@TestProfile(ClusterProfile.class)
final class NodesStateTest {

  private static final String NODES = "/v1/cluster/nodes/";

  @TestHTTPResource URI base;

  private FakeCluster cluster;
  private Api api;

  @BeforeEach
  void begin() {
    cluster = FakeCluster.current;
    cluster.reset();
    api = new Api(base).awaitReady();
  }

  @Test
  void theNodesSayWhetherTheyAreReady() throws IOException {
    try (PeerStub well = new PeerStub("n2", request -> said(true));
        PeerStub ill = new PeerStub("n3", request -> said(false));
        PeerStub mute = new PeerStub("n4", PeerStub::silence)) {
      cluster.has(well.member());
      cluster.has(ill.member());
      cluster.has(mute.member());
      List<JsonNode> last = new ArrayList<>();
      // A busy machine may take longer than a node is waited for.
      Await.until(
          () -> {
            long begin = System.nanoTime();
            last.add(api.get("/v1/cluster").json());
            return millisSince(begin) < 3000
                && last.getLast().path("nodes").findValuesAsText("ready").get(1).equals("true");
          },
          last);
      JsonNode answer = last.getLast();
      assertThat(answer.path("node").textValue()).isEqualTo("n1");
      assertThat(answer.path("nodes").findValuesAsText("id"))
          .containsExactly("n1", "n2", "n3", "n4");
      assertThat(answer.path("nodes").findValuesAsText("ready"))
          .containsExactly("true", "true", "false", "false");
      assertThat(answer.path("nodes").get(0).path("address").textValue())
          .isEqualTo("10.9.8.7:8080");
      assertThat(well.requests().getFirst().line()).isEqualTo("GET " + NODES + "n2 HTTP/1.1");
      assertThat(api.get(NODES + "n3").json().path("ready").booleanValue()).isFalse();
    }
  }

  @Test
  void aNodeIsNotAskedAgainWithinASecond() throws IOException {
    try (PeerStub well = new PeerStub("n2", request -> said(true))) {
      cluster.has(well.member());
      Await.until(
          () -> {
            int before = well.requests().size();
            long begin = System.nanoTime();
            api.get("/v1/cluster");
            api.get("/v1/cluster");
            return millisSince(begin) < 1000 && well.requests().size() - before <= 1;
          },
          well.requests());
      assertThat(well.requests()).isNotEmpty();
    }
  }

  private static long millisSince(long begin) {
    return (System.nanoTime() - begin) / 1_000_000;
  }

  @Test
  void anyNodeTellsOfAllWhatTheyTell() throws IOException {
    String storage =
        "{\"capacityBytes\":100,\"usedBytes\":95,\"reserveBytes\":6,\"state\":\"full\"}";
    String said =
        "{\"ready\":true,\"version\":\"9.9.9\",\"why\":\"storage is full\",\"storage\":"
            + storage
            + "}";
    try (PeerStub full = new PeerStub("n2", request -> PeerStub.answer(200, "", said));
        PeerStub earlier = new PeerStub("n3", request -> said(true))) {
      cluster.has(full.member());
      cluster.has(earlier.member());
      List<JsonNode> last = new ArrayList<>();
      // A busy machine may take longer than a node is waited for.
      Await.until(
          () -> {
            last.add(api.get("/v1/cluster").json());
            JsonNode nodes = last.getLast().path("nodes");
            return nodes.get(1).has("version") && nodes.get(2).path("ready").booleanValue();
          },
          last);
      JsonNode answer = last.getLast();
      assertThat(UUID.fromString(answer.path("cluster").textValue())).isNotNull();
      assertThat(api.get("/v1/cluster").json().path("cluster")).isEqualTo(answer.path("cluster"));
      JsonNode own = answer.path("nodes").get(0);
      assertThat(own.path("version").textValue()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
      assertThat(own.has("why")).isFalse();
      assertThat(own.at("/storage/reserveBytes").longValue()).isPositive();
      assertThat(own.at("/storage/state").textValue()).isIn("ok", "pressure");
      JsonNode other = answer.path("nodes").get(1);
      assertThat(other.path("version").textValue()).isEqualTo("9.9.9");
      assertThat(other.path("why").textValue()).isEqualTo("storage is full");
      assertThat(other.path("storage").toString()).isEqualTo(storage);
      assertThat(answer.path("nodes").get(2).fieldNames())
          .toIterable()
          .containsExactly("id", "address", "ready");
    }
  }

  private static String said(boolean ready) {
    return PeerStub.answer(200, "", "{\"ready\":" + ready + "}");
  }
}
