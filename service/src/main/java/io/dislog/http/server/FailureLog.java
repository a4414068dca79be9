package io.dislog.http.server;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells in the service's log of requests that failed, but not of more than a few in a minute:
 * whoever can have requests fail could fill a disk with it. What is left out is counted. Safe for
 * use by many threads.
 */
final class FailureLog {

  private static final long PERIOD_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int TOLD_IN_A_PERIOD = 20;

  private final Log log;
  private final LongSupplier nanoTime;
  private long began;
  private int failures;

  FailureLog(Log log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
    this.began = nanoTime.getAsLong();
  }

  /** Where it is told. */
  interface Log {
    void error(String message, @Nullable Throwable failure);
  }

  /**
   * Tells of a failure.
   *
   * @param what has failed
   * @param id that its client was told
   */
  void tell(Throwable failure, String what, String id) {
    int leftOut = 0;
    boolean told;
    synchronized (this) {
      if (nanoTime.getAsLong() - began >= PERIOD_NANOS) {
        leftOut = Math.max(0, failures - TOLD_IN_A_PERIOD);
        began = nanoTime.getAsLong();
        failures = 0;
      }
      told = ++failures <= TOLD_IN_A_PERIOD;
    }
    if (leftOut > 0) {
      log.error(leftOut + " more requests have failed, of which nothing is told here", null);
    }
    if (told) {
      log.error(what + ", problem " + id, failure);
    }
  }
}
