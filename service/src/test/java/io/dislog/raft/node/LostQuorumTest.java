package io.dislog.raft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.command.Rejection;
import io.dislog.kit.Await;
import io.dislog.kit.FileTree;
import io.dislog.raft.TestCluster;
import io.dislog.raft.TestNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Most nodes of a cluster have lost their data, and one that has some begins anew. */
@Timeout(value = 15, unit = TimeUnit.MINUTES) // Nodes that come and go, on a busy machine.
final class LostQuorumTest {

  private static final UUID ANOTHER = UUID.fromString("6f1c0a1e-0000-4000-8000-00000000000a");

  @TempDir Path directory;

  @Test
  void theNodeThatHasDataBeginsAnewAndTheOthersAreAdded() throws Exception {
    try (TestCluster cluster = TestCluster.ofThree(directory)) {
      TestNode left = cluster.get(2);
      Lost lost = lose(cluster);

      left.givesUp(lost.id()).start();
      startEmpty(cluster.get(0));
      startEmpty(cluster.get(1));
      UUID anew = awaitAnother(left, lost.id());

      String[] kept = kept(cluster, left, lost);
      cluster.awaitEntries(left, 1, "other");
      awaitLogsWithoutFormerMembers(left);
      Await.until("it leads", () -> left.leads(0) && left.leads(1));
      TestCluster.add(left, cluster.get(0));
      TestCluster.add(left, cluster.get(1));
      cluster.agree(0, "new");

      for (TestNode node : cluster.nodes) {
        cluster.awaitEntries(node, 0, and(kept, "new"));
        cluster.awaitEntries(node, 1, "other");
        Await.until("ready: " + node.member.id(), () -> node.node().health().ready());
        Await.until(
            "they have one id", () -> node.node().clusterId().equals(left.node().clusterId()));
        assertThat(node.cluster().members()).hasSize(3);
      }
      left.close();
      cluster.agree(0, "without it");
      cluster.awaitEntries(cluster.get(0), 0, and(kept, "new", "without it"));

      left.start(); // With the same order, which it has carried out.
      Await.until("it is open", left::isOpen);
      cluster.awaitEntries(left, 0, and(kept, "new", "without it"));
      assertThat(left.node().clusterId()).contains(anew);
    }
  }

  private static void awaitLogsWithoutFormerMembers(TestNode node) {
    for (int shard = 0; shard < TestNode.SHARDS; shard++) {
      int of = shard;
      Await.until(
          () -> "it is cut: " + Arrays.toString(node.raftLog(of)), () -> node.hasOnlyItself(of));
    }
  }

  @Test
  void whatACrashLeftIsDoneAgain() throws Exception {
    try (TestCluster cluster = TestCluster.ofThree(directory)) {
      TestNode left = cluster.get(2);
      Lost lost = lose(cluster);
      Path obstacle = left.directory().resolve("cluster-id.new");
      Files.createDirectories(obstacle.resolve("in-the-way"));
      left.givesUp(lost.id()).start();
      Await.until("it fails", () -> !left.endings.isEmpty());
      left.close();
      assertThat(Files.readAllLines(left.directory().resolve("cluster-id")))
          .contains(lost.id().toString());
      FileTree.delete(obstacle);

      left.start();
      awaitAnother(left, lost.id());
      kept(cluster, left, lost);
      cluster.awaitEntries(left, 1, "other");
    }
  }

  @Test
  void aNodeThatHasDataTooIsWaitedFor() throws Exception {
    try (TestCluster cluster = TestCluster.ofFive(directory)) {
      UUID id = awaitId(cluster);
      for (TestNode node : cluster.nodes) {
        node.close();
      }
      cluster.get(3).start();
      TestNode asked = cluster.get(4).givesUp(id).start();
      Await.until(
          () -> "it says what is in the way: " + asked.node().health().why(),
          () -> asked.node().health().why().contains("[n3] have data, too"));
      assertThat(asked.node().clusterId()).contains(id);
    }
  }

  @Test
  @Tag("slow") // For a minute the other one is asked whether it has gone.
  void aNodeThatComesBackKeepsWhatItHas() throws Exception {
    try (TestCluster cluster = TestCluster.ofFive(directory)) {
      cluster.agree(0, "known");
      UUID id = awaitId(cluster);
      TestNode other = cluster.get(3);
      cluster.awaitEntries(other, 0, "known");
      for (TestNode node : cluster.nodes) {
        node.close();
      }
      TestNode left = cluster.get(4).givesUp(id).start();
      awaitAnother(left, id);
      cluster.agree(0, "new");
      cluster.agree(0, "newer");
      other.start();

      assertThatThrownBy(() -> left.cluster().add(other.member, false))
          .isInstanceOf(Rejection.NoLeader.class);
      cluster.awaitEntries(other, 0, "known");
      assertThat(other.node().clusterId()).contains(id);
    }
  }

  @Test
  void aNodeOfAnotherClusterIsLeftAsItIs() throws Exception {
    try (TestCluster cluster = TestCluster.ofThree(directory)) {
      TestNode left = cluster.get(2);
      Lost lost = lose(cluster);
      left.givesUp(ANOTHER).start();
      Await.until(
          "it has no leader", () -> left.node().health().why().contains("without a leader"));
      assertThat(left.node().health().why()).doesNotContain("begin");
      assertThat(left.node().clusterId()).contains(lost.id());
      assertThat(left.cluster().members()).hasSize(3);
    }
  }

  @Test
  void aClusterWithAQuorumIsLeftAsItIs() throws Exception {
    try (TestCluster cluster = TestCluster.ofThree(directory)) {
      UUID id = awaitId(cluster);
      cluster.agree(0, "known");
      cluster.get(0).close();
      TestNode asked = cluster.get(2);
      asked.close();
      asked.givesUp(id).start();
      Await.until("it is ready", () -> asked.node().health().ready());
      cluster.agree(0, "together");
      cluster.awaitEntries(asked, 0, "known", "together");
      assertThat(asked.node().clusterId()).contains(id);
      assertThat(asked.cluster().members()).hasSize(3);
    }
  }

  /**
   * All stop; but for the last, they lose their data. It led as long as it could, so that its log
   * may have more than it knows to be agreed on.
   */
  private static Lost lose(TestCluster cluster) throws Exception {
    UUID id = awaitId(cluster);
    TestNode left = cluster.get(2);
    cluster.agree(0, "known");
    cluster.agree(1, "other");
    for (TestNode node : cluster.nodes) {
      cluster.awaitEntries(node, 1, "other");
    }
    cluster.lead(0, left);
    cluster.get(0).close();
    Thread closing = Thread.startVirtualThread(() -> close(cluster.get(1)));
    int asked = 0;
    while (closing.isAlive() || left.leads(0)) {
      var _ = left.propose(0, "tail " + asked++);
      closing.join(Duration.ofMillis(20));
    }
    List<String> applied = left.replica(0).entries().stream().distinct().toList();
    left.close();
    for (TestNode lost : List.of(cluster.get(0), cluster.get(1))) {
      FileTree.delete(lost.directory());
    }
    return new Lost(id, applied);
  }

  /**
   * A cluster whose majority lost its data.
   *
   * @param applied entries of the node that is left
   */
  private record Lost(UUID id, List<String> applied) {}

  /** What the node has once it has begun anew: what it had applied, and more of its own log. */
  private static String[] kept(TestCluster cluster, TestNode left, Lost lost) {
    cluster.agree(0, "anew");
    List<String> kept = left.replica(0).entries().stream().distinct().toList();
    assertThat(kept).startsWith(lost.applied().toArray(String[]::new)).endsWith("anew");
    assertThat(kept.subList(lost.applied().size(), kept.size() - 1))
        .allSatisfy(entry -> assertThat(entry).startsWith("tail "));
    return kept.toArray(String[]::new);
  }

  private static String[] and(String[] kept, String... more) {
    return Stream.of(kept, more).flatMap(Stream::of).toArray(String[]::new);
  }

  private static void close(TestNode node) {
    try {
      node.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UUID awaitId(TestCluster cluster) {
    Await.until(
        "all know the id",
        () -> cluster.nodes.stream().allMatch(node -> node.node().clusterId().isPresent()));
    return cluster.get(2).node().clusterId().orElseThrow();
  }

  private static UUID awaitAnother(TestNode node, UUID id) {
    Await.until(
        () -> "it has begun anew: " + node.node().health(),
        () -> node.node().clusterId().filter(now -> !now.equals(id)).isPresent());
    return node.node().clusterId().orElseThrow();
  }

  private static void startEmpty(TestNode node) throws IOException {
    node.mayBegin(false).start();
  }
}
