package io.dislog.raft.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.command.Rejection;
import io.dislog.kit.Await;
import io.dislog.raft.TestCluster;
import io.dislog.raft.TestNode;
import io.dislog.raft.TinyReplica;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes agree. */
@Timeout(value = 15, unit = TimeUnit.MINUTES) // Nodes that come and go, on a busy machine.
final class RaftNodeTest {

  private static final Duration SECONDS = Duration.ofSeconds(5);

  /** A leader that was relieved waits so long for the outcome of what it had under way. */
  private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(3);

  private static final int TRIES = 10;

  @TempDir Path directory;
  private TestCluster cluster;

  @BeforeEach
  void begin() throws IOException {
    cluster = TestCluster.ofThree(directory);
  }

  @AfterEach
  void end() throws IOException {
    cluster.close();
  }

  @Test
  void whatTheLeaderProposesAllNodesApply() {
    cluster.agree(0, "one");
    cluster.agree(0, "two");

    for (TestNode node : cluster.nodes) {
      cluster.awaitEntries(node, 0, "one", "two");
    }
    // Two, unless one was asked for again because another node came to lead meanwhile.
    Await.until("each came with what was proposed, at one node", this::areProposalsKnownOnce);
    assertThat(cluster.nodes)
        .map(node -> node.replica(0))
        .filteredOn(replica -> !replica.hasLed())
        .allSatisfy(replica -> assertThat(replica.proposals()).isZero());
  }

  private boolean areProposalsKnownOnce() {
    int applied = cluster.get(0).replica(0).entries().size();
    return applied >= 2
        && cluster.nodes.stream().allMatch(node -> node.replica(0).entries().size() == applied)
        && cluster.nodes.stream().mapToInt(node -> node.replica(0).proposals()).sum() == applied;
  }

  @Test
  void aFollowerProposesNothing() {
    AtomicReference<Throwable> refusal = new AtomicReference<>();
    Await.until(
        "one that follows refuses", // It may have come to lead before it was asked.
        () -> {
          var asked = cluster.follower(0).propose(0, "one");
          refusal.set(asked.handle((done, failure) -> failure).join());
          return refusal.get() != null;
        });

    assertThat(refusal.get())
        .isInstanceOfSatisfying(
            Rejection.NoLeader.class, rejection -> assertThat(rejection.certain()).isTrue());
  }

  /** Tried again where it took so long that the leader may have given up, as it does after 3 s. */
  @Test
  void whatALeaderThatIsRelievedHadUnderWayIsAnsweredAsDone() throws Exception {
    for (int tries = 1; !isAnsweredAsDone(tries == TRIES); tries++) {
      cluster.close();
      cluster = TestCluster.ofThree(directory.resolve("again" + tries));
    }
  }

  /**
   * Relieves a leader.
   *
   * @param last whether there is no other try
   * @return false where it took too long to tell anything
   */
  private boolean isAnsweredAsDone(boolean last) {
    TestNode relieved = cluster.leader(0);
    CountDownLatch held = new CountDownLatch(1);
    relieved.replica(0).holdEntries(held);
    CompletableFuture<Void> first = relieved.propose(0, "one");
    CompletableFuture<Void> second = relieved.propose(0, "two");
    long begun = System.nanoTime();
    if (!last && !relieved.leads(0)) {
      held.countDown();
      return false; // It was no leader any more.
    }

    cluster.lead(0, cluster.other(relieved));
    boolean underWay = !first.isDone();
    held.countDown();

    boolean done = succeeds(first) && succeeds(second);
    if (!last && System.nanoTime() - begun > GIVEN_UP_AFTER.toNanos() && !(underWay && done)) {
      return false;
    }
    assertThat(underWay).as("the first was under way until then").isTrue();
    assertThat(first).isCompleted();
    assertThat(second).isCompleted();
    assertThat(relieved.replica(0).proposals()).isEqualTo(2);
    return true;
  }

  private static boolean succeeds(CompletableFuture<Void> proposed) {
    return proposed.orTimeout(60, TimeUnit.SECONDS).handle((done, why) -> why == null).join();
  }

  @Test
  void anEntryOfFortyMebibytesComesThrough() {
    byte[] large = new byte[40 << 20];
    new Random(1).nextBytes(large);

    cluster.agree(0, large, Await.PATIENCE);

    String text = TinyReplica.text(ByteBuffer.wrap(large));
    for (TestNode node : cluster.nodes) {
      cluster.awaitEntries(node, 0, text);
    }
  }

  @Test
  void anotherLeadsWhereTheLeaderCloses() throws IOException {
    List<String> agreed = new ArrayList<>(List.of("one"));
    cluster.agree(0, "one");
    Duration took;
    do { // Once in time will do: on a busy machine, all may be paused for longer than that.
      TestNode gone = cluster.leader(0);
      gone.close();

      long begun = System.nanoTime();
      agreed.add("another " + agreed.size());
      cluster.agree(0, agreed.getLast());

      took = Duration.ofNanos(System.nanoTime() - begun);
      gone.start();
      cluster.awaitEntries(gone, 0, agreed.toArray(String[]::new));
    } while (took.compareTo(SECONDS) >= 0 && agreed.size() <= TRIES);
    assertThat(took).isLessThan(SECONDS);
  }

  @Test
  void allNodesComeBackWithWhatTheyAgreedOn() throws IOException {
    cluster.agree(1, "one");
    for (TestNode node : cluster.nodes) {
      node.close();
    }

    for (TestNode node : cluster.nodes) {
      node.start();
    }

    cluster.agree(1, "two");
    for (TestNode node : cluster.nodes) {
      cluster.awaitEntries(node, 1, "one", "two");
    }
  }

  @Test
  void anyNodeShowsWhatWasAgreedOnOnceItIsFreshened() {
    for (int i = 0; i < 20; i++) {
      cluster.agree(0, "entry " + i);
      TestNode follower = cluster.follower(0);

      assertThat(follower.cluster().freshen(0, Await.PATIENCE).toCompletableFuture().join())
          .isTrue();

      assertThat(follower.replica(0).entries().stream().distinct()).hasSize(i + 1);
    }
  }

  @Test
  void aNodeWhoseDiskRefusedAnEntryDoesNotPassForFresh() {
    TestNode follower = cluster.follower(0);
    follower.replica(0).failNext(new IOException("refused"));

    cluster.agree(0, "one");
    Await.until("it ends", () -> !follower.endings.isEmpty());

    assertThat(follower.cluster().freshen(0, Duration.ofSeconds(1)).toCompletableFuture().join())
        .isFalse();
  }

  /** As Ratis leaves it where the disk had no room for it. */
  @Test
  void aNodeComesBackWhoseTermFilesAreCutShort() throws IOException {
    cluster.agree(0, "one");
    TestNode cut = cluster.follower(0);
    cluster.agree(1, "one");
    cluster.awaitEntries(cut, 0, "one"); // Two agree, though the third has no file of its own yet.
    cluster.awaitEntries(cut, 1, "one");
    long term = cut.cluster().shards().getFirst().term();
    for (TestNode node : cluster.nodes) {
      node.close(); // So that it knows nothing but what its disk says.
    }
    try (Stream<Path> files = Files.walk(cut.directory())) {
      List<Path> metadata = files.filter(file -> file.endsWith("raft-meta")).toList();
      assertThat(metadata).hasSize(TestNode.SHARDS);
      for (Path file : metadata) {
        Files.write(file, new byte[0]);
      }
    }

    cut.start();

    Await.until("it knows the term", () -> knowsTerm(cut, term));
    for (TestNode node : cluster.nodes) {
      if (node != cut) {
        node.start();
      }
    }
    cluster.agree(0, "two");
    cluster.awaitEntries(cut, 0, "one", "two");
  }

  private static boolean knowsTerm(TestNode node, long term) {
    return node.cluster().shards().getFirst().term() >= term;
  }
}
