package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One node after the other is asked to stop and started again: nobody waits long for an append. */
final class RollingRestartIT {

  private static final int NODES = 3;
  private static final int PULSES = 4;
  private static final Duration AIM = Duration.ofSeconds(2);

  /**
   * On a machine that does other things at the same time, where three JVMs share two processors.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Of each node: all of them, and who waits, may be paused for seconds just then. */
  private static final int ATTEMPTS = 4;

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void nothingIsLostAndAppendsGoOn(@TempDir Path folder) throws Exception {
    assertThat(waits(ATTEMPTS, folder)).allSatisfy(wait -> assertThat(wait).isLessThan(PATIENCE));
  }

  @Tag("slow")
  @Test
  void noAppendWaitsLongerThanTwoSeconds(@TempDir Path folder) throws Exception {
    assertThat(waits(1, folder)).allSatisfy(wait -> assertThat(wait).isLessThan(AIM));
  }

  private static List<Duration> waits(int attempts, Path folder) throws Exception {
    List<Duration> waits = new ArrayList<>();
    try (Cluster cluster = new Cluster(NODES, folder, "dislog.raft.shards=4").start()) {
      Pulses pulses = new Pulses(cluster, PULSES, System.nanoTime());
      for (ClusterNode node : cluster.nodes()) {
        waits.add(
            pulses.waitFor(
                () -> {
                  node.stop();
                  node.awaitReady();
                },
                PATIENCE,
                attempts));
      }
      System.out.printf(
          "rolling restart of %d nodes: the longest waits for an append were %s ms; %d appends in all%n",
          NODES, waits.stream().map(Duration::toMillis).toList(), pulses.beats());
      assertThat(pulses.end()).isEmpty();
    }
    return waits;
  }
}
