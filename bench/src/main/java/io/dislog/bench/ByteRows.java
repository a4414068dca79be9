package io.dislog.bench;

import io.dislog.bench.load.Load;
import io.dislog.bench.load.Run;
import io.dislog.bench.table.Progress;
import io.dislog.bench.table.Row;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What batches carry, and what the device gets to write for each byte that clients send. */
final class ByteRows {

  private static final int CLIENTS = 64;
  private static final int VALUE_BYTES = 1 << 10;
  private static final int IDLE_SECONDS = 2;

  /** Batches may write a few hundred MB/s: enough is enough. */
  private static final long MOST_BYTES = 1L << 30;

  private final Stage stage;
  private final Row singles =
      new Row(
          "bytes to the device, 64 clients' single POSTs of 1 KiB", "MB/s", "payload", "≤ 1.10");
  private final Row batches =
      new Row("bytes to the device, batches of 100 x 1 KiB", "MB/s", "payload", "≤ 1.10");
  private final Row records =
      new Row("NDJSON batches of 100 x 1 KiB, 16 clients, one log", "records/s", "", "");
  private final Row payload = new Row("the same in bytes", "MB/s", "", "");
  private final Row idle = new Row("bytes to the device while nothing runs here", "MB/s", "", "");

  ByteRows(Stage stage) {
    this.stage = stage;
  }

  List<Row> measure() throws IOException {
    try (Server service = stage.service("bytes")) {
      Workload.oneLog(service, "warm", CLIENTS, VALUE_BYTES).warmUp(stage.plan(), 50_000);
      runBatches(service, "warm");
      for (int round = 1; round <= stage.plan().rounds(); round++) {
        Progress.say("bytes, round %d".formatted(round));
        measureIdle();
        measureSingles(service, "single-" + round);
        Run run = measureBatches(service, "batch-" + round);
        records.add(run.perSecond() * Workload.BATCH_COUNT);
        records.addLatencies(run);
        payload.add(run.perSecond() * Workload.BATCH_BYTES / 1e6);
      }
      return List.of(records, payload, singles, batches, idle);
    } finally {
      stage.delete("bytes");
    }
  }

  private void measureIdle() throws IOException {
    stage.device().sync();
    long before = stage.device().bytesWritten();
    try {
      TimeUnit.SECONDS.sleep(IDLE_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    idle.add((stage.device().bytesWritten() - before) / 1e6 / IDLE_SECONDS);
  }

  private void measureSingles(Server service, String log) throws IOException {
    Workload workload = Workload.oneLog(service, log, CLIENTS, VALUE_BYTES);
    long before = stage.device().bytesWritten();
    Run run = workload.run(new Load(Duration.ZERO, stage.plan().run(), Long.MAX_VALUE));
    add(singles, before, run, VALUE_BYTES);
    service.call("DELETE", "/v1/logs/" + log, "");
  }

  private Run measureBatches(Server service, String log) throws IOException {
    long before = stage.device().bytesWritten();
    Run run = runBatches(service, log);
    add(batches, before, run, Workload.BATCH_BYTES);
    service.call("DELETE", "/v1/logs/" + log, "");
    return run;
  }

  private Run runBatches(Server service, String log) throws IOException {
    return Workload.batches(service, log)
        .run(new Load(Duration.ZERO, stage.plan().run(), MOST_BYTES / Workload.BATCH_BYTES));
  }

  private void add(Row row, long before, Run run, int bytesEach) throws IOException {
    stage.device().sync();
    double seconds = run.nanos() / 1e9;
    double written = (stage.device().bytesWritten() - before) / 1e6 / seconds;
    row.add(written, run.count() * (bytesEach / 1e6) / seconds);
  }
}
