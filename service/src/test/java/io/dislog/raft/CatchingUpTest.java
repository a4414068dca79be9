package io.dislog.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.commit.Node;
import io.dislog.kit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that was away, and one whose disk fails. */
@Timeout(value = 15, unit = TimeUnit.MINUTES) // Nodes that come and go, on a busy machine.
final class CatchingUpTest {

  @TempDir Path directory;

  @Test
  void aNodeThatWasAwayFetchesWhatIsInNoRaftLogAnyMore() throws IOException {
    try (TestCluster cluster = TestCluster.ofThree(directory)) {
      TestNode away = cluster.follower(0);
      away.close();
      cluster.fill(0);
      for (TestNode node : cluster.nodes) {
        awaitCut(node); // Whoever leads then.
      }

      away.start();

      Await.until("it is open", () -> away.isOpen());
      Await.until("it has all", () -> largeEntries(away) == TestCluster.LARGE_ENTRIES);
      assertThat(away.replica(0).installs()).isPositive();
      cluster.agree(0, "one more");
      Await.until("it goes on", () -> away.replica(0).entries().contains("one more"));
    }
  }

  /** Ratis itself would take no entry of another leader before that, too, has it fetch. */
  @Test
  void aNodeGoesOnWhoseLeaderWentAwayWhileItFetched() throws IOException {
    try (TestCluster cluster = TestCluster.ofThree(directory)) {
      TestNode away = cluster.follower(0);
      away.close();
      TestNode next = cluster.follower(0);
      next.replica(0).keepRaftLog(); // So that it never has anybody fetch.
      TestNode leader = cluster.other(next);
      cluster.fill(0);
      awaitCut(leader);
      cluster.lead(0, leader); // Which it may have lost, on a busy machine.
      away.start();
      Await.until("it is open", () -> away.isOpen());
      CountDownLatch leave = new CountDownLatch(1);
      away.replica(0).holdInstalls(leave);
      Await.until("it fetches", () -> away.replica(0).installing());

      leader.close();
      Await.until("another leads", () -> next.leads(0));
      leave.countDown();

      Await.until("it has fetched", () -> away.replica(0).installs() > 0);
      cluster.agree(0, "one more");
      Await.until("it goes on", () -> away.replica(0).entries().contains("one more"));
      assertThat(largeEntries(away)).isEqualTo(TestCluster.LARGE_ENTRIES);
    }
  }

  @Test
  void aDamagedLogIsNamedInReadiness() throws IOException {
    try (TestCluster cluster = TestCluster.ofThree(directory)) {
      TestNode node = cluster.get(0);
      Await.until("it is ready", () -> node.node().health().ready());

      node.replica(1).damage("orders");

      Await.until(
          () -> "it names the log, and is ready: " + node.node().health(),
          () -> {
            Node.Health now = node.node().health();
            return now.ready() && now.why().contains("damaged on this node: [orders]");
          });
    }
  }

  @Test
  void aNodeWhoseDiskFailsEnds() throws IOException {
    try (TestCluster cluster = TestCluster.ofThree(directory)) {
      TestNode failing = cluster.follower(0);
      failing.replica(0).failNext(new IOException("the disk is gone"));

      cluster.agree(0, "one");

      Await.until("it ends", () -> !failing.endings.isEmpty());
      assertThat(failing.endings.getFirst()).contains("shard 0").contains("the disk is gone");
      assertThat(failing.node().health().ready()).isFalse();
      assertThat(failing.node().health().why()).contains("can't be written");
    }
  }

  /** Ratis deletes what it need not have a moment after it was told. */
  private static void awaitCut(TestNode node) {
    if (node.isRunning()) {
      Await.until(
          () -> "it is cut: " + Arrays.toString(node.raftLog(0)), () -> node.raftLog(0)[0] > 0);
    }
  }

  /** One that was asked for again, for want of an answer, counts once. */
  private static long largeEntries(TestNode node) {
    return node.replica(0).entries().stream()
        .filter(entry -> entry.contains("CRC"))
        .distinct()
        .count();
  }
}
