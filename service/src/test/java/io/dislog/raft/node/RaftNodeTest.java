package io.dislog.raft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes agree. */
final class RaftNodeTest {

  private static final Duration SECONDS = Duration.ofSeconds(5);

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
    assertThat(cluster.leader(0).replica(0).proposals()).isEqualTo(2);
    assertThat(cluster.follower(0).replica(0).proposals()).isZero();
  }

  @Test
  void aFollowerProposesNothing() {
    TestNode follower = cluster.follower(0);

    assertThatThrownBy(() -> follower.propose(0, "one").join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            Rejection.NoLeader.class, rejection -> assertThat(rejection.certain()).isTrue());
  }

  @Test
  void whatALeaderThatIsRelievedHadUnderWayIsAnsweredAsDone() throws Exception {
    TestNode relieved = cluster.leader(0);
    CountDownLatch held = new CountDownLatch(1);
    relieved.replica(0).holdEntries(held);
    CompletableFuture<Void> first = relieved.propose(0, "one");
    CompletableFuture<Void> second = relieved.propose(0, "two");

    cluster.lead(0, cluster.follower(0));
    assertThat(first).isNotDone();
    held.countDown();

    assertThat(first).succeedsWithin(SECONDS);
    assertThat(second).succeedsWithin(SECONDS);
    assertThat(relieved.replica(0).proposals()).isEqualTo(2);
  }

  @Test
  void anEntryOfFortyMebibytesComesThrough() {
    byte[] large = new byte[40 << 20];
    new Random(1).nextBytes(large);

    cluster.leader(0).propose(0, ByteBuffer.wrap(large)).join();

    String text = TinyReplica.text(ByteBuffer.wrap(large));
    for (TestNode node : cluster.nodes) {
      cluster.awaitEntries(node, 0, text);
    }
  }

  @Test
  void anotherLeadsWhereTheLeaderCloses() throws IOException {
    cluster.agree(0, "one");
    TestNode gone = cluster.leader(0);
    gone.close();

    long begun = System.nanoTime();
    cluster.agree(0, "two");

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    gone.start();
    Await.until("its shards are open", () -> gone.isOpen());
    cluster.awaitEntries(gone, 0, "one", "two");
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

      assertThat(follower.cluster().freshen(0, SECONDS).toCompletableFuture().join()).isTrue();

      assertThat(follower.replica(0).entries()).hasSize(i + 1);
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
