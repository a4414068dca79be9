package io.dislog.raft.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.raft.TestCluster;
import io.dislog.raft.vote.ElectionTimeouts;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys.Rpc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElectionBackoffTest {

  private final RaftProperties properties = new RaftProperties();
  private long nanos;
  private final ElectionBackoff backoff = new ElectionBackoff(properties, () -> nanos);

  @Test
  void timeoutsGrowUpToALimitWhileNoLeaderComes() {
    look(1, true);
    assertThat(backoff.maxMillis()).isEqualTo(800);
    int before = 800;
    for (int second = 0; second < 120; second++) {
      look(1, true);
      assertThat(backoff.maxMillis()).isIn(before, 2 * before);
      before = backoff.maxMillis();
    }
    assertThat(before).isEqualTo(6_400);
    assertThat(firstMaxMillis()).isEqualTo(3_200);
  }

  @Test
  void timeoutsAreShortAgainOnceThereIsALeader() {
    look(10, true);
    assertThat(backoff.maxMillis()).isEqualTo(1_600);
    look(1, false);
    assertThat(backoff.maxMillis()).isEqualTo(800);
    assertThat(firstMaxMillis()).isEqualTo(400);
    look(1, true);
    assertThat(backoff.maxMillis()).isEqualTo(800);
  }

  @Test
  void aDivisionIsToldItsLongestTimeout(@TempDir Path directory) throws Exception {
    try (TestCluster cluster = TestCluster.ofThree(directory)) {
      RaftServer.Division division = Objects.requireNonNull(cluster.leader(0).group(0).division());
      Await.until("it is told", () -> division.properties() instanceof ElectionTimeouts);

      // It may be longer for a moment, where an election on a busy machine came to nothing.
      Await.until("it is short again", () -> division.properties().maxRpcTimeoutMs() == 800);
      assertThat(division.properties().minRpcTimeoutMs()).isEqualTo(400);
      cluster.agree(0, "one");
    }
  }

  private void look(int seconds, boolean isLeaderMissing) {
    nanos += TimeUnit.SECONDS.toNanos(seconds);
    backoff.look(isLeaderMissing);
  }

  private int firstMaxMillis() {
    return Rpc.firstElectionTimeoutMax(properties).toIntExact(TimeUnit.MILLISECONDS);
  }
}
