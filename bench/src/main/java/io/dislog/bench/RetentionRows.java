package io.dislog.bench;

import io.dislog.bench.load.Load;
import io.dislog.bench.load.Run;
import io.dislog.bench.table.Progress;
import io.dislog.bench.table.Row;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What appends feel of it that retention deletes large segments of their log meanwhile. */
final class RetentionRows {

  private static final String LOG = "retained";
  private static final int CLIENTS = 64;
  private static final int VALUE_BYTES = 1 << 10;
  private static final int SEGMENT_BYTES = 256 << 20;

  /** Segments that go in each round. */
  private static final int SEGMENTS = 4;

  private final Stage stage;
  private final Row latency =
      new Row(
          "64 clients, one log, 1 KiB, p99 while retention deletes 1 GiB in segments of 256 MiB",
          "ms",
          "p99 without",
          "≤ 1.2");

  RetentionRows(Stage stage) {
    this.stage = stage;
  }

  List<Row> measure() throws IOException {
    try (Server service = stage.service("retention")) {
      Workload batches = Workload.batches(service, LOG);
      Workload appends = Workload.oneLog(service, LOG, CLIENTS, VALUE_BYTES);
      appends.warmUp(stage.plan(), 30_000);
      for (int round = 1; round <= stage.plan().rounds(); round++) {
        Progress.say("retention, round %d".formatted(round));
        fill(batches);
        Run without = appends.run(stage.plan());
        CompletableFuture<Void> deletion = deletion(service);
        Run with = appends.run(stage.plan());
        deletion.join();
        latency.add(with.p99Micros() / 1e3, without.p99Micros() / 1e3);
        latency.addLatencies(with);
        keepAll(service);
      }
      return List.of(latency);
    } finally {
      stage.delete("retention");
    }
  }

  private static void fill(Workload batches) throws IOException {
    long requests = (long) SEGMENTS * SEGMENT_BYTES / Workload.BATCH_BYTES;
    var _ = batches.run(new Load(Duration.ZERO, Duration.ofMinutes(5), requests));
  }

  /** Once the run that it is to disturb counts. */
  private CompletableFuture<Void> deletion(Server service) {
    long delay = stage.plan().warmUp().plus(stage.plan().run().dividedBy(8)).toMillis();
    return CompletableFuture.runAsync(
        () -> {
          try {
            retain(service, Integer.toString(SEGMENT_BYTES));
            service.call("POST", "/v1/logs/" + LOG + "/retention/run", "");
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        },
        CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS));
  }

  private static void keepAll(Server service) throws IOException {
    retain(service, "null");
  }

  private static void retain(Server service, String maxBytes) throws IOException {
    service.call(
        "PATCH", "/v1/logs/" + LOG, "{\"retention\":{\"maxBytes\":%s}}".formatted(maxBytes));
  }
}
