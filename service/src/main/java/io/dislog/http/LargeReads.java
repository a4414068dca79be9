package io.dislog.http;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Reads of records that take much of the heap take turns; safe for use by many threads.
 *
 * <p>Answers that go from file to socket, and those of small records, never wait here.
 */
@Singleton
final class LargeReads {

  /** Records of more bytes than this in all are a large read. */
  private static final long LARGE_BYTES = 64 << 10;

  private static final long PATIENCE_SECONDS = 10;

  private final int totalKib;
  private final Semaphore kib;

  @Inject
  LargeReads(Limits limits) {
    this.totalKib = (int) (limits.maxLargeReadBytes() >> 10);
    this.kib = new Semaphore(totalKib, true);
  }

  /**
   * Waits for a turn.
   *
   * @param bytes that the records have
   * @throws Refused as too busy where none comes in time
   */
  Turn begin(long bytes) {
    if (bytes <= LARGE_BYTES) {
      return () -> {};
    }
    int taken = (int) Math.min(totalKib, bytes >> 10);
    try {
      if (!kib.tryAcquire(taken, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new Refused(ProblemType.TOO_BUSY, "too many large records are being read");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(ProblemType.NOT_READY, "the service is stopping");
    }
    return () -> kib.release(taken);
  }

  /** Ends when it is closed. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }
}
