package io.dislog.bench;

import io.dislog.bench.load.Load;
import io.dislog.bench.load.Run;
import io.dislog.bench.table.Progress;
import io.dislog.bench.table.Row;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What three nodes on this machine do, beside one: they share its processors and its disk. */
final class ClusterRows {

  private static final int CLIENTS = 64;
  private static final int NODES = 3;
  private static final int SMALL = 100;
  private static final long MOST_BYTES = 512L << 20;

  private final Stage stage;
  private final Row batches =
      new Row("three nodes: NDJSON batches of 100 x 1 KiB", "records/s", "one node", "≥ 0.5");
  private final Row singles =
      new Row("three nodes: 64 clients, one log, 100 B", "/s", "one node", "");
  private final Row forwarded =
      new Row("the same, all through a node that does not lead", "/s", "through the leader", "");
  private final Row bytes =
      new Row("three nodes: bytes to the device for each replica", "MB/s", "payload", "≤ 1.15");

  ClusterRows(Stage stage) {
    this.stage = stage;
  }

  List<Row> measure() throws IOException {
    try (Server one = stage.service("one");
        Cluster three = Cluster.start(stage, "three")) {
      Server leader = three.leaderOf("singles");
      Server other =
          three.servers().stream().filter(server -> server != leader).findFirst().orElseThrow();
      Workload ofOne = Workload.oneLog(one, "singles", CLIENTS, SMALL);
      Workload ofThree = Workload.oneLog(leader, "singles", CLIENTS, SMALL);
      Workload ofOther = Workload.oneLog(other, "singles", CLIENTS, SMALL);
      ofOne.warmUp(stage.plan(), 100_000);
      ofThree.warmUp(stage.plan(), 100_000);
      ofOther.warmUp(stage.plan(), 50_000);
      runBatches(one, "warm");
      runBatches(three.leaderOf("warm"), "warm");
      for (int round = 1; round <= stage.plan().rounds(); round++) {
        Progress.say("three nodes, round %d".formatted(round));
        Run single = ofThree.run(stage.plan());
        singles.addRates(single, ofOne.run(stage.plan()));
        forwarded.addRates(ofOther.run(stage.plan()), single);
        compareBatches(one, three, "batch-" + round);
      }
      return List.of(batches, singles, forwarded, bytes);
    } finally {
      stage.delete("one");
      stage.delete("three");
    }
  }

  private void compareBatches(Server one, Cluster three, String log) throws IOException {
    Run alone = runBatches(one, log);
    stage.device().sync();
    long before = stage.device().bytesWritten();
    Run run = runBatches(three.leaderOf(log), log);
    stage.device().sync();
    double seconds = run.nanos() / 1e9;
    double written = (stage.device().bytesWritten() - before) / 1e6 / seconds;
    bytes.add(written / NODES, run.perSecond() * Workload.BATCH_BYTES / 1e6);
    batches.add(run.perSecond() * Workload.BATCH_COUNT, alone.perSecond() * Workload.BATCH_COUNT);
    batches.addLatencies(run);
    one.call("DELETE", "/v1/logs/" + log, "");
    three.leaderOf(log).call("DELETE", "/v1/logs/" + log, "");
  }

  private Run runBatches(Server server, String log) throws IOException {
    return Workload.batches(server, log)
        .run(new Load(Duration.ZERO, stage.plan().run(), MOST_BYTES / Workload.BATCH_BYTES));
  }
}
