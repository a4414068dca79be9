package io.dislog.bench;

import io.dislog.bench.load.Span;
import java.time.Duration;

/**
 * How long to measure.
 *
 * @param rounds in which baselines and what is measured take turns
 * @param preparation at most, of a new server's compiler by one kind of request
 * @param warmUp of each run, not counted
 * @param run that is counted
 * @param first time after a start, which is counted from its first request on
 * @param probe of the device
 * @param catchUpBytes of the log that is read
 */
record Plan(
    int rounds,
    Duration preparation,
    Duration warmUp,
    Duration run,
    Duration first,
    Duration probe,
    long catchUpBytes) {

  static final Plan FULL =
      new Plan(
          3,
          Duration.ofSeconds(20),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(3),
          512L << 20);

  static final Plan QUICK =
      new Plan(
          1,
          Duration.ofSeconds(4),
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          256L << 20);

  Plan withRounds(int count) {
    return new Plan(count, preparation, warmUp, run, first, probe, catchUpBytes);
  }

  /** A run with its warm-up. */
  Span span() {
    return new Span(warmUp, run, Long.MAX_VALUE);
  }
}
