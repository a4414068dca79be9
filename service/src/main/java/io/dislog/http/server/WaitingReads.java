package io.dislog.http.server;

import io.dislog.http.config.Limits;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.ProblemType;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The reads that wait for records to come: event streams, and pages that a client waits for. Each
 * has a thread, a subscription and a buffer of up to 64 KiB. Safe for use by many threads.
 */
@Singleton
public final class WaitingReads {

  private final int limit;
  private final AtomicInteger waiting = new AtomicInteger();

  @Inject
  WaitingReads(Limits limits) {
    this(limits.maxWaitingReads());
  }

  WaitingReads(int limit) {
    this.limit = limit;
  }

  /**
   * Lets one more wait.
   *
   * @throws ProblemException as too busy where as many wait as may
   */
  public Turn begin() {
    if (waiting.incrementAndGet() > limit) {
      waiting.decrementAndGet();
      throw new ProblemException(
          ProblemType.TOO_BUSY, "%d reads and streams wait for records already".formatted(limit));
    }
    return waiting::decrementAndGet;
  }

  public int count() {
    return waiting.get();
  }

  /** Ends when it is closed. */
  public interface Turn extends AutoCloseable {
    @Override
    void close();
  }
}
