package io.dislog.bench;

import java.time.Duration;

/**
 * How long to measure.
 *
 * @param rounds in which baselines and what is measured take turns
 * @param preparation at most, of a new server's compiler by one kind of request
 * @param warmUp of each run, not counted
 * @param run that is counted
 * @param probe of the device
 * @param catchUpBytes of the log that is read
 */
record Plan(
    int rounds,
    Duration preparation,
    Duration warmUp,
    Duration run,
    Duration probe,
    long catchUpBytes) {

  static final Plan FULL =
      new Plan(
          3,
          Duration.ofSeconds(20),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(3),
          512L << 20);

  static final Plan QUICK =
      new Plan(
          1,
          Duration.ofSeconds(4),
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          256L << 20);
}
