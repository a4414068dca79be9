package io.dislog.bench;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What one run came to.
 *
 * @param latencies of all that was counted
 * @param nanos that the counting took
 * @param answered in all, warm-up included
 * @param processorTime that the server used for them
 */
record Run(Histogram latencies, long nanos, long answered, Duration processorTime) {

  /** Latencies are kept to so many digits, whatever their size. */
  static final int DIGITS = 3;

  /** A run in which no server took part, or nobody looked at it. */
  Run(Histogram latencies, long nanos, long answered) {
    this(latencies, nanos, answered, Duration.ZERO);
  }

  Run with(Duration processorTimeOfServer) {
    return new Run(latencies, nanos, answered, processorTimeOfServer);
  }

  double perSecond() {
    return latencies.getTotalCount() * 1e9 / nanos;
  }

  long count() {
    return latencies.getTotalCount();
  }

  double p50Micros() {
    return latencies.getValueAtPercentile(50) / 1e3;
  }

  double p99Micros() {
    return latencies.getValueAtPercentile(99) / 1e3;
  }

  double maxMicros() {
    return latencies.getMaxValue() / 1e3;
  }

  double processorMicrosEach() {
    return processorTime.toNanos() / 1e3 / answered;
  }
}
