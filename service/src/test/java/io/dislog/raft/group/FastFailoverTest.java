package io.dislog.raft.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.raft.TestCluster;
import io.dislog.raft.TestNode;
import io.dislog.raft.base.RaftIds;
import io.dislog.raft.group.FastFailover.Claim;
import io.dislog.raft.rpc.LogEnd;
import io.dislog.raft.rpc.RaftAdminClient;
import io.dislog.raft.rpc.RaftPeers;
import io.dislog.raft.transport.Self;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who stands where a leader has ended. That somebody does, LeaderKillIT shows with processes. */
final class FastFailoverTest {

  private static final int TRIES = 10;

  @Test
  void theNewestLogComesFirstThenWhatIsAppliedThenTheName() {
    Claim shortLog = claim(2, 9, 9, "a");
    Claim olderTerm = claim(1, 20, 20, "a");
    Claim lessApplied = claim(2, 10, 4, "a");
    Claim laterName = claim(2, 10, 8, "c");
    Claim heir = claim(2, 10, 8, "b");

    assertThat(Collections.max(List.of(shortLog, olderTerm, lessApplied, laterName, heir)))
        .isEqualTo(heir);
    assertThat(List.of(laterName, heir, olderTerm, shortLog, lessApplied).stream().sorted())
        .containsExactly(olderTerm, shortLog, lessApplied, laterName, heir);
  }

  @Test
  void nobodyStandsWhereALeaderStillListensThoughAStreamBrokeOff(@TempDir Path directory)
      throws Exception {
    try (TestCluster cluster = TestCluster.ofThree(directory);
        RaftPeers peers = new RaftPeers(Self.of("test"))) {
      RaftAdminClient admin = new RaftAdminClient(peers);
      List<String> agreed = new ArrayList<>();
      boolean same;
      do { // Once will do: on a busy machine, a follower may stand for want of a heartbeat.
        agree(cluster, agreed);
        // Then the first follower by name is the one who would stand.
        TestNode leading = cluster.leader(0);
        RaftPeerId leader = RaftPeerId.valueOf(leading.member.id());
        RaftServer.Division follower =
            Objects.requireNonNull(cluster.other(leading).group(0).division());
        long term = follower.getInfo().getCurrentTerm();
        boolean follows = leader.equals(follower.getInfo().getLeaderId());

        new FastFailover(0, admin).brokenOff(follower, leader);
        // This look takes as long as the one that goes on meanwhile.
        assertThat(FastFailover.hasEnded(follower.getRaftConf().getPeer(leader))).isFalse();
        agree(cluster, agreed);

        same = follows && follower.getInfo().getCurrentTerm() == term;
      } while (!same && agreed.size() < 2 * TRIES);
      assertThat(same).as("the term is still the one in which the leader was elected").isTrue();
    }
  }

  private static void agree(TestCluster cluster, List<String> agreed) {
    agreed.add("entry " + agreed.size());
    cluster.agree(0, agreed.getLast());
    for (TestNode node : cluster.nodes) {
      cluster.awaitEntries(node, 0, agreed.toArray(String[]::new));
    }
  }

  @Test
  void aNodeThatIsGoneHasEnded(@TempDir Path directory) throws Exception {
    try (TestCluster cluster = TestCluster.ofThree(directory)) {
      TestNode gone = cluster.get(0);
      gone.close();

      assertThat(FastFailover.hasEnded(RaftIds.peer(gone.member))).isTrue();
    }
  }

  private static Claim claim(long term, long index, long applied, String node) {
    return new Claim(new LogEnd(TermIndex.valueOf(term, index), applied), RaftPeerId.valueOf(node));
  }
}
