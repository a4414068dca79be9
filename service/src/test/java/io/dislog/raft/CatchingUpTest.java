package io.dislog.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that was away, and one whose disk fails. */
final class CatchingUpTest {

  private static final int MEBIBYTE = 1 << 20;

  @TempDir Path directory;

  @Test
  void aNodeThatWasAwayFetchesWhatIsInNoRaftLogAnyMore() throws IOException {
    try (TestCluster cluster = TestCluster.ofThree(directory)) {
      TestNode away = cluster.follower(0);
      away.close();
      for (int i = 0; i < 60; i++) {
        cluster.leader(0).propose(0, ByteBuffer.wrap(new byte[MEBIBYTE])).join();
      }

      away.start();

      TestCluster.await("it is open", () -> away.cluster().formed());
      TestCluster.await("it has all", () -> away.replica(0).entries().size() == 60);
      assertThat(away.replica(0).installs()).isPositive();
      cluster.agree(0, "one more");
      TestCluster.await("it goes on", () -> away.replica(0).entries().contains("one more"));
    }
  }

  @Test
  void aNodeWhoseDiskFailsEnds() throws IOException {
    try (TestCluster cluster = TestCluster.ofThree(directory)) {
      TestNode failing = cluster.follower(0);
      failing.replica(0).failNext(new IOException("the disk is gone"));

      cluster.agree(0, "one");

      TestCluster.await("it ends", () -> !failing.endings.isEmpty());
      assertThat(failing.endings.getFirst()).contains("shard 0").contains("the disk is gone");
      assertThat(failing.node().health().takesAppends()).isFalse();
      assertThat(failing.node().health().why()).contains("can't be written");
    }
  }
}
