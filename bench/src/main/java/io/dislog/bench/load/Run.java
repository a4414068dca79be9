package io.dislog.bench.load;

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
public record Run(Histogram latencies, long nanos, long answered, Duration processorTime) {

  /** Latencies are kept to so many digits, whatever their size. */
  public static final int DIGITS = 3;

  /** A run in which no server took part, or nobody looked at it. */
  public Run(Histogram latencies, long nanos, long answered) {
    this(latencies, nanos, answered, Duration.ZERO);
  }

  public Run with(Duration processorTimeOfServer) {
    return new Run(latencies, nanos, answered, processorTimeOfServer);
  }

  public double perSecond() {
    return latencies.getTotalCount() * 1e9 / nanos;
  }

  public long count() {
    return latencies.getTotalCount();
  }

  public double p50Micros() {
    return latencies.getValueAtPercentile(50) / 1e3;
  }

  public double p99Micros() {
    return latencies.getValueAtPercentile(99) / 1e3;
  }

  public double maxMicros() {
    return latencies.getMaxValue() / 1e3;
  }

  public double processorMicrosEach() {
    return processorTime.toNanos() / 1e3 / answered;
  }
}
