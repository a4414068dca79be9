package io.dislog.bench;

import java.time.Duration;

/**
 * What one run came to.
 *
 * @param latencies of all that was counted
 * @param nanos that the counting took
 * @param answered in all, warm-up included
 * @param processorTime that the server used for them
 */
record Run(Histogram latencies, long nanos, long answered, Duration processorTime) {

  /** A run in which no server took part, or nobody looked at it. */
  Run(Histogram latencies, long nanos, long answered) {
    this(latencies, nanos, answered, Duration.ZERO);
  }

  Run with(Duration processorTimeOfServer) {
    return new Run(latencies, nanos, answered, processorTimeOfServer);
  }

  double perSecond() {
    return latencies.count() * 1e9 / nanos;
  }

  long count() {
    return latencies.count();
  }

  double p50Micros() {
    return latencies.at(0.5) / 1e3;
  }

  double p99Micros() {
    return latencies.at(0.99) / 1e3;
  }

  double maxMicros() {
    return latencies.max() / 1e3;
  }

  double processorMicrosEach() {
    return processorTime.toNanos() / 1e3 / answered;
  }
}
