package io.dislog.bench;

import io.dislog.bench.machine.Machine;
import io.dislog.bench.table.Progress;
import io.dislog.bench.table.Row;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a cluster costs in which nothing happens. */
final class IdleClusterRows {

  private static final int LOGS = 1_000;
  private static final Duration SETTLING = Duration.ofSeconds(5);
  private static final Duration WATCHED = Duration.ofSeconds(20);

  private final Stage stage;
  private final Row processor =
      new Row("three idle nodes, 1,000 logs, 8 shards: each one's processor time", "%", "", "");
  private final Row memory = new Row("their resident memory", "MiB", "", "");

  IdleClusterRows(Stage stage) {
    this.stage = stage;
  }

  List<Row> measure() throws IOException {
    try (Cluster cluster = Cluster.start(stage, "idle")) {
      Progress.say("three idle nodes");
      for (int log = 0; log < LOGS; log++) {
        cluster.servers().getFirst().call("PUT", "/v1/logs/log-" + log, "");
      }
      pause(SETTLING);
      List<Duration> before = new ArrayList<>();
      cluster.servers().forEach(server -> before.add(server.processorTime()));
      pause(WATCHED);
      for (int node = 0; node < before.size(); node++) {
        Server server = cluster.servers().get(node);
        Duration used = server.processorTime().minus(before.get(node));
        processor.add(100.0 * used.toNanos() / WATCHED.toNanos());
        memory.add(Machine.residentBytes(server.pid()) / 1048576.0);
      }
      return List.of(processor, memory);
    } finally {
      stage.delete("idle");
    }
  }

  private static void pause(Duration time) throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
