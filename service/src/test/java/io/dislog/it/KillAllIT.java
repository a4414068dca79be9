package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of all nodes at once under load: nothing that was acknowledged is lost. */
final class KillAllIT {

  private static final int NODES = 3;
  private static final int MIN_LIFE_MILLIS = 300;
  private static final int MAX_LIFE_MILLIS = 2000;

  @Tag("slow")
  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void nothingIsLostByTwentyKillsOfAllNodes(@TempDir Path folder) throws Exception {
    rounds(20, folder);
  }

  private static void rounds(int rounds, Path folder) throws Exception {
    long seed = System.nanoTime();
    System.out.printf("kill -9 of all %d nodes under load, seed %d%n", NODES, seed);
    Random random = new Random(seed);
    try (Cluster cluster = new Cluster(NODES, folder, "dislog.raft.shards=4").start()) {
      Play play = new Play(cluster, "kill", seed);
      for (int round = 1; round <= rounds; round++) {
        int life = MIN_LIFE_MILLIS + random.nextInt(MAX_LIFE_MILLIS - MIN_LIFE_MILLIS);
        Thread.sleep(life); // Load until the kill.
        for (ClusterNode node : cluster.nodes()) {
          node.kill();
        }
        long killed = System.nanoTime();
        for (ClusterNode node : cluster.nodes()) {
          node.launch();
        }
        cluster.awaitReady();
        Duration ready = Duration.ofNanos(System.nanoTime() - killed);
        play.awaitAppends();
        System.out.printf(
            "round %2d: killed after %4d ms; all ready after %4d ms, appends to all logs after %d ms%n",
            round, life, ready.toMillis(), (System.nanoTime() - killed) / 1_000_000);
      }
      assertThat(play.end()).isEmpty();
      assertThat(play.oddities().all()).isEmpty();
    }
  }
}
