package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One node after the other is asked to stop and started again: nobody waits long for an append. */
final class RollingRestartIT {

  private static final int NODES = 3;
  private static final int PULSES = 4;
  private static final Duration LIMIT = Duration.ofSeconds(2);

  @Test
  void nothingIsLostAndNoAppendWaitsLong(@TempDir Path folder) throws Exception {
    List<Duration> waits = new ArrayList<>();
    try (Cluster cluster = new Cluster(NODES, folder, "dislog.raft.shards=4").start()) {
      Pulses pulses = new Pulses(cluster, PULSES, System.nanoTime());
      pulses.longestWait();
      for (ClusterNode node : cluster.nodes()) {
        node.stop();
        node.awaitReady();
        pulses.awaitBeats();
        waits.add(pulses.longestWait());
      }
      System.out.printf(
          "rolling restart of %d nodes: the longest waits for an append were %s ms; %d appends in all%n",
          NODES, waits.stream().map(Duration::toMillis).toList(), pulses.beats());
      assertThat(pulses.end()).isEmpty();
    }
    assertThat(waits).allSatisfy(wait -> assertThat(wait).isLessThan(LIMIT));
  }
}
