package io.dislog.http.server;

import io.dislog.http.config.Limits;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.ProblemType;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The reads that wait for records to come: event streams, and answers that a client waits for. Some
 * have a thread and a buffer of up to 64 KiB; others, of which there may be more, have a few
 * kilobytes. Safe for use by many threads.
 */
@Singleton
public final class WaitingReads {

  private final int limit;
  private final int threadLimit;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger threads = new AtomicInteger();

  @Inject
  WaitingReads(Limits limits) {
    this(limits.maxWaitingReads(), limits.maxWaitingThreads());
  }

  /**
   * @param limit of all
   * @param threadLimit of those that have a thread
   */
  WaitingReads(int limit, int threadLimit) {
    this.limit = limit;
    this.threadLimit = threadLimit;
  }

  /**
   * Lets one more wait, on a thread of its own.
   *
   * @throws ProblemException as too busy where as many wait as may
   */
  public Turn begin() {
    Turn ofAll = beginWithoutThread();
    try {
      Turn ofThreads = begin(threads, threadLimit);
      return () -> {
        ofThreads.close();
        ofAll.close();
      };
    } catch (ProblemException e) {
      ofAll.close();
      throw e;
    }
  }

  /**
   * Lets one more wait that has no thread.
   *
   * @throws ProblemException as too busy where as many wait as may
   */
  public Turn beginWithoutThread() {
    return begin(waiting, limit);
  }

  public int count() {
    return waiting.get();
  }

  private static Turn begin(AtomicInteger count, int limit) {
    if (count.incrementAndGet() > limit) {
      count.decrementAndGet();
      throw new ProblemException(
          ProblemType.TOO_BUSY, "%d reads and streams wait for records already".formatted(limit));
    }
    return count::decrementAndGet;
  }

  /** Ends when it is closed. */
  public interface Turn extends AutoCloseable {
    @Override
    void close();
  }
}
