package io.dislog.bench.load;

import java.time.Duration;

/**
 * How long a load runs.
 *
 * @param warmUp time in which answers don't count yet
 * @param measured time after that
 * @param mostRequests that count; the run ends early with them
 */
public record Span(Duration warmUp, Duration measured, long mostRequests) {

  /** All that is answered in a time counts. */
  public static Span of(Duration measured) {
    return new Span(Duration.ZERO, measured, Long.MAX_VALUE);
  }

  public Span atMost(long requests) {
    return new Span(warmUp, measured, requests);
  }
}
