package io.dislog.siege;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How calls went for a while.
 *
 * @param waits of those that were answered as they should be, in order of their length
 * @param failures of the others, by what was wrong
 */
record Measured(List<Duration> waits, Map<String, Integer> failures) {

  /** The wait that this part of the calls did not exceed, or zero where there was none. */
  Duration percentile(double part) {
    if (waits.isEmpty()) {
      return Duration.ZERO;
    }
    int rank = (int) Math.ceil(part * waits.size());
    return waits.get(Math.max(0, rank - 1));
  }

  int failed() {
    return failures.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Median and 99th percentile in milliseconds. */
  @Override
  public String toString() {
    return waits.isEmpty()
        ? "none"
        : "%.1f/%.1f".formatted(millis(percentile(0.5)), millis(percentile(0.99)));
  }

  private static double millis(Duration wait) {
    return wait.toNanos() / 1e6;
  }
}
