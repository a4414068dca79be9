package io.dislog.bench;

/**
 * What one run came to.
 *
 * @param latencies of all that was counted
 * @param nanos that the counting took
 */
record Run(Histogram latencies, long nanos) {

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
}
