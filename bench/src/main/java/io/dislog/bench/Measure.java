package io.dislog.bench;

import io.dislog.bench.load.Run;
import io.dislog.bench.load.Span;
import io.dislog.bench.peer.Contender;
import io.dislog.bench.peer.Running;
import java.io.IOException;

/** What is measured of Dislog and each of its peers, in this order, of one start. */
enum Measure {

  /** What 64 clients get of a system that has just been started. */
  FIRST("/s") {
    @Override
    String title(Plan plan) {
      return "64 clients, 1 KiB, in the first %d s after ready".formatted(plan.first().toSeconds());
    }

    @Override
    Run run(Running running, Plan plan) throws IOException {
      return running.singles(CLIENTS, Span.of(plan.first()));
    }
  },

  /** What they get once it is warm. */
  STEADY("/s") {
    @Override
    String title(Plan plan) {
      return "64 clients, 1 KiB, steady";
    }

    @Override
    Run run(Running running, Plan plan) throws IOException {
      running.singles(CLIENTS, Span.of(plan.preparation()).atMost(WARM_UP_APPENDS));
      return running.singles(CLIENTS, plan.span());
    }
  },

  /** What one client waits. */
  ALONE("µs") {
    @Override
    String title(Plan plan) {
      return "one client, 1 KiB, p50 (less is better)";
    }

    @Override
    Run run(Running running, Plan plan) throws IOException {
      return running.singles(1, plan.span());
    }

    @Override
    double figure(Run run) {
      return run.p50Micros();
    }
  },

  /** What batches carry. */
  BATCHES("records/s") {
    @Override
    String title(Plan plan) {
      return "batches of 100 x 1 KiB, 16 clients";
    }

    @Override
    Run run(Running running, Plan plan) throws IOException {
      running.batches(BATCH_CLIENTS, Span.of(plan.run()).atMost(MOST_BATCHES));
      return running.batches(BATCH_CLIENTS, plan.span().atMost(MOST_BATCHES));
    }

    @Override
    double figure(Run run) {
      return run.perSecond() * Contender.BATCH_COUNT;
    }
  };

  private static final int CLIENTS = 64;
  private static final int BATCH_CLIENTS = 16;
  private static final long WARM_UP_APPENDS = 300_000;

  /** Some systems would write several hundred MB a second: enough is enough. */
  private static final long MOST_BATCHES = (1L << 30) / Workload.BATCH_BYTES;

  private final String unit;

  Measure(String unit) {
    this.unit = unit;
  }

  abstract String title(Plan plan);

  abstract Run run(Running running, Plan plan) throws IOException;

  /** What counts of a run. */
  double figure(Run run) {
    return run.perSecond();
  }

  String unit() {
    return unit;
  }
}
