package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.kit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes are one service: whichever is asked, the answer is that of a node that is alone. */
final class ClusterIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String MAX_BYTES = "dislog.append.max-bytes=1Mi";

  @RegisterExtension final Services services = new Services();

  @Test
  void aNodeThatDoesNotLeadAnswersAsOneThatIsAlone(@TempDir Path folder) throws Exception {
    DislogProcess alone = alone(folder);
    try (Cluster cluster = new Cluster(3, folder, MAX_BYTES, "dislog.raft.shards=1").start()) {
      ClusterNode follower = cluster.follower(new Random(1));
      for (Call call : Contract.calls()) {
        compare(call, alone, follower);
      }
    }
  }

  @Test
  void allNodesInTurnAnswerAsOneThatIsAlone(@TempDir Path folder) throws Exception {
    DislogProcess alone = alone(folder);
    try (Cluster cluster = new Cluster(3, folder, MAX_BYTES, "dislog.raft.shards=4").start()) {
      int turn = 0;
      for (Call call : Contract.calls()) {
        compare(call, alone, cluster.node(1 + turn++ % 3));
      }
    }
  }

  @Test
  void aStreamShowsWhatAnotherNodeTook(@TempDir Path folder) throws Exception {
    try (Cluster cluster = new Cluster(3, folder, "dislog.raft.shards=1").start()) {
      api(cluster.node(1)).put("/v1/logs/orders", "{}").is(201);
      try (Events stream =
          new Events(api(cluster.follower(new Random(1))), "orders", "offset=earliest")) {
        stream.awaitBegin();
        for (ClusterNode node : cluster.nodes()) {
          api(node).append("orders", node.id()).is(201);
        }
        stream.awaitRecords(cluster.nodes().size());
      }
    }
  }

  @Test
  void aLeaderThatDiesIsNotMissedForLong(@TempDir Path folder) throws Exception {
    try (Cluster cluster = new Cluster(3, folder, "dislog.raft.shards=2").start()) {
      api(cluster.node(1)).put("/v1/logs/orders", "{}").is(201);
      api(cluster.node(2)).append("orders", "before").is(201);
      ClusterNode leader = cluster.leader(new Random(1));
      leader.kill();
      List<ClusterNode> left =
          cluster.nodes().stream().filter(node -> !node.id().equals(leader.id())).toList();
      for (ClusterNode node : left) {
        Await.until(
            "the others take appends",
            PATIENCE,
            () -> api(node).append("orders", "after").status() == 201);
        Answer read = api(node).get(Api.records("orders") + "?consistency=leader").is(200);
        assertThat(read.json().path("records").findValuesAsText("value"))
            .startsWith("before", "after");
      }
      Await.until( // What was heard of a node is believed for a second, and appends go on sooner.
          "the others say who is ready",
          PATIENCE,
          () -> ready(left.getFirst()).equals(left.stream().map(ClusterNode::id).toList()));
    }
  }

  private static List<String> ready(ClusterNode asked) throws Exception {
    List<String> ready = new ArrayList<>();
    for (JsonNode node : api(asked).get("/v1/cluster").is(200).json().path("nodes")) {
      if (node.path("ready").booleanValue()) {
        ready.add(node.path("id").asText());
      }
    }
    return ready;
  }

  private DislogProcess alone(Path folder) throws Exception {
    DislogProcess alone = services.in(Files.createDirectory(folder.resolve("alone")));
    return alone.with("dislog.append.max-bytes", "1Mi").start();
  }

  private static Api api(ClusterNode node) {
    return node.api().within(PATIENCE);
  }

  private static void compare(Call call, DislogProcess alone, ClusterNode node) throws Exception {
    List<String> expected = Call.comparable(call.to(alone.api()));
    List<String> found = Call.comparable(call.to(api(node)));
    assertThat(found).as(call.toString()).isEqualTo(expected);
  }
}
