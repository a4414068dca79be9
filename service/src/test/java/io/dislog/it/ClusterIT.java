package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.kit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes are one service: whichever is asked, the answer is that of a node that is alone. */
final class ClusterIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A request whose leader is paused meanwhile may be left half way: then all begins anew. */
  private static final int ATTEMPTS = 5;

  @RegisterExtension final Services services = new Services();

  @Test
  void aNodeThatDoesNotLeadAnswersAsOneThatIsAlone(@TempDir Path folder) throws Exception {
    compareAll(
        folder,
        1,
        cluster -> {
          ClusterNode follower = cluster.follower(new Random(1));
          return turn -> follower;
        });
  }

  @Test
  void allNodesInTurnAnswerAsOneThatIsAlone(@TempDir Path folder) throws Exception {
    compareAll(folder, 4, cluster -> turn -> cluster.node(1 + turn % 3));
  }

  @Test
  void aStreamShowsWhatAnotherNodeTook(@TempDir Path folder) throws Exception {
    try (Cluster cluster = new Cluster(3, folder, "dislog.raft.shards=1").start()) {
      create(cluster, "orders");
      Api follower = api(cluster.follower(new Random(1)));
      // Else, where it reaches no leader in time, it need not know the log yet.
      follower.insist(api -> api.get("/v1/logs/orders?consistency=leader")).is(200);
      try (Events stream = new Events(follower, "orders", "offset=earliest")) {
        stream.awaitBegin();
        for (ClusterNode node : cluster.nodes()) {
          api(node).insist(api -> api.append("orders", node.id())).is(201);
        }
        stream.awaitRecords(cluster.nodes().size());
      }
    }
  }

  @Test
  void aLeaderThatDiesIsNotMissedForLong(@TempDir Path folder) throws Exception {
    try (Cluster cluster = new Cluster(3, folder, "dislog.raft.shards=2").start()) {
      create(cluster, "orders");
      appendOnce(cluster.node(2), "orders", "before");
      ClusterNode leader = cluster.leader(new Random(1));
      leader.kill();
      List<ClusterNode> left =
          cluster.nodes().stream().filter(node -> !node.id().equals(leader.id())).toList();
      for (ClusterNode node : left) {
        Await.until(
            "the others take appends",
            PATIENCE,
            () -> api(node).append("orders", "after").status() == 201);
        String records = Api.records("orders") + "?consistency=leader";
        Answer read = api(node).insist(api -> api.get(records)).is(200);
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

  private static void create(Cluster cluster, String log) throws Exception {
    int created = api(cluster.node(1)).insist(api -> api.put("/v1/logs/" + log, "{}")).status();
    assertThat(created).isIn(200, 201);
  }

  /** Numbered, so that it can be sent again where its leader went away before it answered. */
  private static void appendOnce(ClusterNode node, String log, String value) throws Exception {
    String[] request = {"Producer-Id", value, "Producer-Epoch", "0", "Producer-Seq", "0"};
    byte[] body = value.getBytes(UTF_8);
    int appended = api(node).insist(api -> api.append(log, Api.BYTES, body, request)).status();
    assertThat(appended).isIn(200, 201);
  }

  /** Sends each call to a service that is alone, and to the nodes in some order. */
  private void compareAll(Path folder, int shards, Order order) throws Exception {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (compareOnce(Files.createDirectory(folder.resolve("" + attempt)), shards, order)) {
        return;
      }
      System.out.printf("attempt %d: a leader went away before it answered%n", attempt);
    }
    throw new AssertionError("leaders went away in each of %d attempts".formatted(ATTEMPTS));
  }

  private boolean compareOnce(Path folder, int shards, Order order) throws Exception {
    List<String> settings =
        List.of(
            "dislog.append.max-bytes=1Mi",
            // It would do what the calls are to do.
            "dislog.retention.interval=1d");
    DislogProcess alone = services.in(Files.createDirectory(folder.resolve("alone")));
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      alone.with(parts[0], parts[1]);
    }
    alone.start();
    List<String> all = new ArrayList<>(settings);
    all.add("dislog.raft.shards=" + shards);
    try (Cluster cluster = new Cluster(3, folder, all.toArray(String[]::new)).start()) {
      IntFunction<ClusterNode> nodes = order.of(cluster);
      int turn = 0;
      for (Call call : Contract.calls()) {
        if (!compare(call, alone, nodes.apply(turn++))) {
          return false;
        }
      }
    } finally {
      alone.kill();
    }
    return true;
  }

  /** Which node is called when. */
  private interface Order {
    IntFunction<ClusterNode> of(Cluster cluster) throws Exception;
  }

  private static Api api(ClusterNode node) {
    return node.api().within(PATIENCE);
  }

  /** Says whether they can be compared: else nobody knows whether it was done. */
  private static boolean compare(Call call, DislogProcess alone, ClusterNode node)
      throws Exception {
    Answer expected = call.to(alone.api());
    Answer found = answer(call, node);
    if (found.status() == 503) {
      return false;
    }
    assertThat(Call.comparable(found)).as(call.toString()).isEqualTo(Call.comparable(expected));
    return true;
  }

  /**
   * What a node says once there is a leader: again where nothing was done for want of one, or a
   * read was answered from what the node had itself.
   */
  private static Answer answer(Call call, ClusterNode node) throws Exception {
    boolean reads = call.method().equals("GET") || call.method().equals("HEAD");
    List<Answer> answers = new ArrayList<>();
    Await.until(
        () -> call + " is answered with a leader, and not " + answers,
        PATIENCE,
        () -> {
          Answer answer = call.to(api(node));
          answers.add(answer);
          boolean undone = answer.status() == 503 && answer.header("Dislog-Not-Leader") != null;
          boolean old = answer.status() == 503 || answer.header("Dislog-Consistency") != null;
          return !undone && !(reads && old);
        });
    return answers.getLast();
  }
}
