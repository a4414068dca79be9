package io.dislog.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.command.Rejection;
import io.dislog.kit.Await;
import io.dislog.kit.FileTree;
import io.dislog.raft.base.RaftIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes come, go, and lose what they had. */
@Timeout(value = 15, unit = TimeUnit.MINUTES) // Nodes that come and go, on a busy machine.
final class MembershipTest {

  private static final Set<String> NOBODY = Set.of();
  private static final Executor THREADS = Thread::startVirtualThread;

  private static final int MOST_FILLS = 10;

  @TempDir Path directory;

  @Test
  void aLoneNodeGrowsToThree() throws IOException {
    try (TestCluster cluster = new TestCluster(directory, 1, 3)) {
      cluster.get(0).start();
      cluster.agree(0, "alone");
      cluster.get(1).start();
      cluster.get(2).start();

      TestCluster.add(cluster.get(0), cluster.get(1));
      TestCluster.add(cluster.get(0), cluster.get(2));
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
      FileTree.delete(wiped.directory());

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
      FileTree.delete(wiped.directory());
      wiped.start();

      List<CompletableFuture<Void>> additions =
          Stream.of(0, 1, 0, 1)
              .map(node ->
                  CompletableFuture.runAsync(
                      () -> TestCluster.add(cluster.get(node), wiped), THREADS))
              .toList();

      additions.forEach(CompletableFuture::join);
      Await.until("it is ready", () -> wiped.node().health().ready());
      cluster.awaitEntries(wiped, 0, "one");
      // The last of those who ask may just be about to find that nothing is left to do.
      Await.until("there are three", () -> cluster.get(0).cluster().members().size() == 3);
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
      FileTree.delete(wiped.directory());

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
      TestNode stays = cluster.other(gone);

      TestCluster.remove(stays, gone);

      Await.until("it knows", () -> mark(gone).contains("removed"));
      cluster.agree(0, "two");
      gone.close();
      gone.start();
      Await.until("it says so", () -> gone.node().health().why().contains("was removed"));
      assertThat(stays.cluster().members()).hasSize(2);

      TestCluster.add(stays, gone);

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
      TestCluster.add(first, cluster.get(1));
      TestCluster.add(first, cluster.get(2));
      cluster.lead(0, first);
      boolean isCut = false;
      // Each leader begins with an entry that tells the members.
      for (int fills = 0; fills < MOST_FILLS && !isCut; fills++) {
        cluster.fill(0);
        isCut = first.hasCutWhoTheMembersAre(0) && isLeftAlone(first, cluster);
      }
      assertThat(isCut).isTrue();
      first.close();
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

  /**
   * Closes the others, so that nobody else leads, and tells the members; starts them again where
   * one has led meanwhile.
   */
  private static boolean isLeftAlone(TestNode first, TestCluster cluster) throws IOException {
    cluster.get(2).close();
    cluster.get(1).close();
    if (first.hasCutWhoTheMembersAre(0)) {
      return true;
    }
    cluster.get(1).start();
    cluster.get(2).start();
    return false;
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
      TestNode stays = cluster.leader(0);
      TestNode gone = cluster.other(stays);
      gone.close();
      TestCluster.remove(stays, gone);
      assertThat(mark(gone)).contains("bootstrapped");

      gone.start();

      Await.until("it knows", () -> mark(gone).contains("removed"));
      Await.until("it says so", () -> gone.node().health().why().contains("was removed"));
      TestCluster.add(stays, gone);
      cluster.awaitEntries(gone, 0, "one");
      Await.until("it is ready", () -> gone.node().health().ready());
    }
  }

  /** So that a node is not taken for removed on the word of those who are cut off. */
  @Test
  void whoIsAMemberIsNotSaidWithoutAMajority() throws IOException {
    try (TestCluster cluster = TestCluster.ofThree(directory)) {
      TestNode left = cluster.leader(0);
      Await.until("it says who is", () -> confirmed(left).equals(Set.of("n0", "n1", "n2")));

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

      Await.until(
          "it leads",
          () -> {
            askToLead(cluster.leader(1), follower);
            return follower.leads(1);
          });
      cluster.agree(1, "one");
    }
  }

  /** It may say that it took too long, on a busy machine. */
  private static void askToLead(TestNode asked, TestNode node) {
    try {
      asked.cluster().lead(1, node.member.id());
    } catch (Rejection.NoLeader e) {
      assertThat(e.getMessage()).contains("ask again");
    }
  }

  /** Nobody, where it can't make sure for the moment. */
  private static Set<String> confirmed(TestNode node) {
    return node.confirmed(0)
        .handle((is, failure) -> failure == null ? is.members() : NOBODY)
        .join();
  }

  private static String mark(TestNode node) {
    try {
      List<String> lines = Files.readAllLines(node.directory().resolve("cluster"));
      return lines.getLast();
    } catch (IOException e) {
      return "";
    }
  }
}
