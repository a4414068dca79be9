package io.dislog.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dislog.api.ClusterView;
import io.dislog.api.Reclaimed;
import io.dislog.operator.crd.StorageStatus;
import io.dislog.operator.process.NodeProcesses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fills a volume is told, and retention takes at once what it may. */
final class ReliefIT {

  private static final Duration START = Duration.ofMinutes(5);
  private static final Volume FULL = new Volume("demo-0", new StorageStatus(10L << 30, 9L << 30));

  @TempDir Path folder;

  @Test
  void retentionTakesWhatItMayAndTheRestIsExplained() throws Exception {
    // It would not look by itself before the test is over.
    try (NodeProcesses processes =
            new NodeProcesses(
                "demo", folder, "dislog.raft.shards=2", "dislog.retention.interval=1d");
        Nodes nodes = Clusters.nodes(processes)) {
      NodeClient node = nodes.of(Clusters.named("demo"), 0);
      processes.start(0, 1);
      Await.until(START, processes::said, () -> node.report().ready());
      assertThat(PressureRelief.of(FULL, node).message())
          .isEqualTo(FULL + ", and no log holds anything: something else is on it");

      Producer producer = new Producer(processes, 0);
      fill(node, producer, "takeable", 40_000, "{\"retention\":{\"maxBytes\":\"1Ki\"}}");
      fill(
          node,
          producer,
          "held",
          70_000,
          "{\"retention\":{\"maxBytes\":\"1Ki\",\"holdUnprocessed\":true}}");
      producer.consume("held", "billing");
      fill(node, producer, "unlimited", 50_000, "{}");
      // Beyond what is looked at, and too small to be told of.
      for (int i : IntStream.range(0, 12).toArray()) {
        fill(node, producer, "small-" + i, 1000 + 10 * i, "{}");
      }
      List<Long> before = committed(node);

      PressureRelief pressureRelief = PressureRelief.of(FULL, node);

      assertThat(pressureRelief.reclaimed().deletedSegments()).isEqualTo(1);
      assertThat(pressureRelief.reclaimed().reclaimedBytes()).isGreaterThan(40_000);
      assertThat(pressureRelief.message())
          .startsWith(
              FULL
                  + "; most is held by log held with 68Ki, of which consumer billing has still to"
                  + " process 68Ki; by log unlimited with 49Ki, of which no rule asks yet to delete"
                  + " 49Ki; by log small-11 with ");
      assertThat(committed(node)).isNotEqualTo(before);

      // Where there is nothing more to take, a full disk is not written to.
      List<Long> after = committed(node);
      assertThat(PressureRelief.of(FULL, node).reclaimed()).isEqualTo(new Reclaimed(0, 0));
      assertThat(committed(node)).isEqualTo(after);
    }
  }

  private static void fill(NodeClient node, Producer producer, String log, int bytes, String config)
      throws Exception {
    node.createLog(log, new JsonMapper().readTree(config));
    producer.append(log, "x".repeat(bytes));
    producer.seal(log);
  }

  private static List<Long> committed(NodeClient node) throws NodeException {
    return node.cluster().shards().stream().map(ClusterView.Shard::committed).toList();
  }
}
