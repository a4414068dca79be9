package io.dislog.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.commit.Member;
import io.dislog.kit.Await;
import io.dislog.raft.group.CatchUp;
import io.dislog.raft.group.ShardGroup;
import io.dislog.raft.rpc.RaftAdminClient;
import io.dislog.raft.rpc.RaftPeers;
import io.dislog.raft.transport.Self;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node that says that it is ready for the first time can rely on. */
final class FreshClusterTest {

  private static final int TRIES = 5;

  @TempDir Path directory;

  @Test
  void aNodeThatIsReadyKnowsWhoTakesWhatItIsAskedFor() throws IOException {
    // Where a busy machine elects again right away, no node could have relied on the first leader.
    for (int tries = 1; !isKnownWhenReady(directory.resolve("try" + tries)); tries++) {
      assertThat(tries).as("tries with more than one election").isLessThan(TRIES);
    }
  }

  /** Whether it could be seen: with one election a shard, and no other. */
  private static boolean isKnownWhenReady(Path directory) throws IOException {
    try (TestCluster cluster = new TestCluster(directory, 3, 3);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (TestNode node : cluster.nodes) {
        node.start();
      }
      List<CompletableFuture<List<Boolean>>> known =
          cluster.nodes.stream()
              .map(node -> CompletableFuture.supplyAsync(() -> whenReady(cluster, node), threads))
              .toList();
      boolean isKnown = known.stream().allMatch(node -> !node.join().contains(false));
      if (!isKnown && haveElectedOnce(cluster)) {
        assertThat(known).allSatisfy(node -> assertThat(node.join()).containsOnly(true));
      }
      return isKnown;
    }
  }

  private static boolean haveElectedOnce(TestCluster cluster) {
    return cluster.nodes.stream()
        .flatMap(node -> node.cluster().shards().stream())
        .allMatch(shard -> shard.elections() == 1);
  }

  /** Whether, at that moment, it knows a leader of each shard that says so itself. */
  private static List<Boolean> whenReady(TestCluster cluster, TestNode node) {
    Await.until(node.member.id() + " is ready", () -> node.node().health().ready());
    return IntStream.range(0, TestNode.SHARDS)
        .mapToObj(shard -> isTaken(cluster, shard, node.cluster().leaderOf(shard)))
        .toList();
  }

  private static boolean isTaken(TestCluster cluster, int shard, @Nullable Member leader) {
    return cluster.nodes.stream()
        .filter(node -> node.member.equals(leader))
        .anyMatch(node -> node.leads(shard));
  }

  @Test
  void aShardWithoutALeaderIsWaitedForHoweverLongItTakes() throws Exception {
    try (RaftPeers peers = new RaftPeers(Self.of("n0"))) {
      RaftAdminClient admin = new RaftAdminClient(peers);
      AtomicInteger looks = new AtomicInteger();
      Thread waiting = Thread.ofVirtual().start(() -> awaitLeader(new ShardGroup(0, admin), looks));
      Await.until("it looks again and again", () -> looks.get() >= 5);
      assertThat(waiting.isAlive()).isTrue();
      waiting.interrupt();
      waiting.join();
    }
  }

  private static void awaitLeader(ShardGroup group, AtomicInteger looks) {
    try {
      CatchUp.await(List.of(group), behind -> looks.incrementAndGet());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
