package io.dislog.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.kit.Await;
import io.dislog.raft.base.RaftIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes come, go, and lose what they had. */
final class MembershipTest {

  private static final Executor THREADS = Thread::startVirtualThread;

  private static final int MOST_FILLS = 5;

  @TempDir Path directory;

  @Test
  void aLoneNodeGrowsToThree() throws IOException {
    try (TestCluster cluster = new TestCluster(directory, 1, 3)) {
      cluster.get(0).start();
      cluster.agree(0, "alone");
      cluster.get(1).start();
      cluster.get(2).start();

      cluster.get(0).cluster().add(cluster.get(1).member, false);
      cluster.get(0).cluster().add(cluster.get(2).member, false);
      cluster.agree(0, "together");

      for (TestNode node : cluster.nodes) {
        cluster.awaitEntries(node, 0, "alone", "together");
        assertThat(node.cluster().members()).hasSize(3);
      }
      Await.until("it is ready", () -> cluster.get(2).node().health().ready());
    }
  }

  @Test
  void aNodeThatLostItsDiskIsAddedAnew() throws IOException {
    try (TestCluster cluster = TestCluster.ofThree(directory)) {
      cluster.agree(0, "one");
      TestNode wiped = cluster.get(2);
      wiped.close();
      delete(wiped.directory());

      wiped.start();
      cluster.agree(0, "two");

      Await.until("it is a member", () -> mark(wiped).contains("member"));
      Await.until("it is ready", () -> wiped.node().health().ready());
      cluster.awaitEntries(wiped, 0, "one", "two");
      assertThat(cluster.get(0).cluster().members()).hasSize(3);
    }
  }

  /** The node asks by itself, and so may whoever watches over it, at any node. */
  @Test
  void aNodeThatLostItsDiskIsAddedHoweverManyAskForIt() throws IOException {
    try (TestCluster cluster = TestCluster.ofThree(directory)) {
      cluster.agree(0, "one");
      TestNode wiped = cluster.get(2);
      wiped.close();
      delete(wiped.directory());
      wiped.start();

      List<CompletableFuture<Void>> additions =
          Stream.of(0, 1, 0, 1)
              .map(node ->
                  CompletableFuture.runAsync(
                      () -> cluster.get(node).cluster().add(wiped.member, false), THREADS))
              .toList();

      additions.forEach(CompletableFuture::join);
      Await.until("it is ready", () -> wiped.node().health().ready());
      cluster.awaitEntries(wiped, 0, "one");
      assertThat(cluster.get(0).cluster().members()).hasSize(3);
    }
  }

  @Test
  void aNodeThatLostItsDiskDoesNotVoteForWhoLacksWhatItHad() throws IOException {
    try (TestCluster cluster = TestCluster.ofThree(directory)) {
      cluster.agree(0, "acknowledged by all");
      TestNode lagging = cluster.follower(0);
      cluster.awaitEntries(lagging, 0, "acknowledged by all");
      lagging.close();
      cluster.agree(0, "acknowledged by two");
      for (TestNode node : cluster.nodes) {
        node.close();
      }
      TestNode wiped = cluster.nodes.stream().filter(n -> n != lagging).findFirst().orElseThrow();
      delete(wiped.directory());

      lagging.start();
      wiped.start();

      Await.until(
          "it says why it waits", () -> wiped.node().health().why().contains("this node has"));
      assertThat(Stream.of(lagging, wiped).noneMatch(node -> node.leads(0))).isTrue();
    }
  }

  @Test
  void aNodeThatIsTakenOutStaysOutUntilItIsAddedAgain() throws IOException {
    try (TestCluster cluster = TestCluster.ofThree(directory)) {
      cluster.agree(0, "one");
      TestNode gone = cluster.leader(0);
      TestNode stays = cluster.follower(0);

      stays.cluster().remove(gone.member.id());

      Await.until("it knows", () -> mark(gone).contains("removed"));
      cluster.agree(0, "two");
      gone.close();
      gone.start();
      Await.until("it says so", () -> gone.node().health().why().contains("was removed"));
      assertThat(stays.cluster().members()).hasSize(2);

      stays.cluster().add(gone.member, false);

      cluster.awaitEntries(gone, 0, "one", "two");
      assertThat(mark(gone)).contains("member");
    }
  }

  /** As a full disk leaves it, in Ratis' hands: the first members are not the ones of today. */
  @Test
  void aNodeThatLostWhoTheMembersAreDoesNotLeadAlone() throws IOException {
    try (TestCluster cluster = new TestCluster(directory, 1, 3)) {
      TestNode first = cluster.get(0).start();
      cluster.get(1).start();
      cluster.get(2).start();
      cluster.agree(0, "alone");
      first.cluster().add(cluster.get(1).member, false);
      first.cluster().add(cluster.get(2).member, false);
      cluster.lead(0, first);
      // Each leader begins with an entry that tells the members.
      for (int fills = 0; fills < MOST_FILLS && !first.hasCutWhoTheMembersAre(0); fills++) {
        cluster.fill(0);
      }
      assertThat(first.hasCutWhoTheMembersAre(0)).isTrue();
      for (TestNode node : cluster.nodes.reversed()) { // So that nobody else leads, and tells them.
        node.close();
      }
      Path members = RaftIds.folder(first.directory().resolve("raft"), 0);
      Files.write(members.resolve("current/raft-meta.conf"), new byte[0]);

      first.start();
      Await.until("it says so", () -> first.node().health().why().contains("members"));
      assertThat(first.leads(0)).isFalse();
      cluster.get(1).start();
      cluster.get(2).start();

      cluster.agree(0, "together");
      Await.until("it is ready", () -> first.node().health().ready());
      Await.until("it has it", () -> first.replica(0).entries().contains("together"));
      assertThat(first.group(0).members()).hasSize(3);
    }
  }

  /** Whoever hears that it is out stops it, and then those who are left must not need it. */
  @Test
  void aNodeIsNotOutBeforeThatIsAgreedOn() throws Exception {
    try (TestCluster cluster = new TestCluster(directory, 2, 2)) {
      TestNode stays = cluster.get(0).start();
      TestNode goes = cluster.get(1).start();
      cluster.awaitLeaders();
      cluster.lead(0, stays);
      CompletableFuture<Void> first;
      CompletableFuture<Void> second;

      try (HeldChange _ = new HeldChange(goes.member.id(), 0)) {
        first = CompletableFuture.runAsync(() -> stays.cluster().remove(goes.member.id()), THREADS);
        Await.until("it is under way", () -> stays.isChangingMembers(0));
        second =
            CompletableFuture.runAsync(() -> stays.cluster().remove(goes.member.id()), THREADS);
        assertThatThrownBy(() -> second.get(2, TimeUnit.SECONDS))
            .isInstanceOf(TimeoutException.class);
      }

      CompletableFuture.anyOf(first, second).join();
      goes.close();
      for (int shard = 0; shard < TestNode.SHARDS; shard++) {
        cluster.agree(shard, "alone");
      }
    }
  }

  @Test
  void aNodeThatWasAwayLearnsThatItWasTakenOut() throws IOException {
    try (TestCluster cluster = TestCluster.ofThree(directory)) {
      cluster.agree(0, "one");
      TestNode gone = cluster.follower(0);
      TestNode stays = cluster.leader(0);
      gone.close();
      stays.cluster().remove(gone.member.id());
      assertThat(mark(gone)).contains("bootstrapped");

      gone.start();

      Await.until("it knows", () -> mark(gone).contains("removed"));
      Await.until("it says so", () -> gone.node().health().why().contains("was removed"));
      stays.cluster().add(gone.member, false);
      cluster.awaitEntries(gone, 0, "one");
      Await.until("it is ready", () -> gone.node().health().ready());
    }
  }

  /** So that a node is not taken for removed on the word of those who are cut off. */
  @Test
  void whoIsAMemberIsNotSaidWithoutAMajority() throws IOException {
    try (TestCluster cluster = TestCluster.ofThree(directory)) {
      TestNode left = cluster.leader(0);
      assertThat(left.confirmed(0).join().members()).containsExactlyInAnyOrder("n0", "n1", "n2");

      for (TestNode node : cluster.nodes) {
        if (node != left) {
          node.close();
        }
      }

      assertThatThrownBy(() -> left.confirmed(0).join()).hasMessageContaining("are not known");
    }
  }

  @Test
  void anyNodeLeadsWhereItIsAskedTo() throws IOException {
    try (TestCluster cluster = TestCluster.ofThree(directory)) {
      TestNode follower = cluster.follower(1);

      cluster.leader(1).cluster().lead(1, follower.member.id());

      Await.until("it leads", () -> follower.leads(1));
      cluster.agree(1, "one");
    }
  }

  private static String mark(TestNode node) {
    try {
      List<String> lines = Files.readAllLines(node.directory().resolve("cluster"));
      return lines.getLast();
    } catch (IOException e) {
      return "";
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
