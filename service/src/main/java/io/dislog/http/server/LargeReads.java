package io.dislog.http.server;

import io.dislog.http.config.Limits;
import io.dislog.http.exchange.BackpressuredOutput;
import io.dislog.http.exchange.ClientGone;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.ProblemType;
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
public final class LargeReads {

  /** Records of more bytes than this in all are a large read. */
  private static final long LARGE_BYTES = 64 << 10;

  private static final long PATIENCE_SECONDS = 10;

  /** Of a turn, for a client that takes its answer as slowly as it may while others wait. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final long NANOS_PER_KIB = TimeUnit.SECONDS.toNanos(1) / 256;

  private static final Turn SMALL =
      new Turn() {
        @Override
        public void check() {}

        @Override
        public void close() {}
      };

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
   * @throws ProblemException as too busy where none comes in time
   */
  public Turn begin(long bytes) {
    if (bytes <= LARGE_BYTES) {
      return SMALL;
    }
    int taken = (int) Math.min(totalKib, bytes >> 10);
    try {
      if (!kib.tryAcquire(taken, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new ProblemException(ProblemType.TOO_BUSY, "too many large records are being read");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ProblemType.NOT_READY, "the service is stopping");
    }
    return new Large(taken, System.nanoTime() + PATIENCE_NANOS + (bytes >> 10) * NANOS_PER_KIB);
  }

  /**
   * Ends when it is closed. As the patience of an answer it is over where others wait for their
   * turn and the client has taken its answer slower than a set pace.
   */
  public interface Turn extends AutoCloseable, BackpressuredOutput.Patience {
    @Override
    void close();
  }

  private final class Large implements Turn {
    private final int taken;
    private final long until;

    private Large(int taken, long until) {
      this.taken = taken;
      this.until = until;
    }

    @Override
    public void check() throws ClientGone {
      if (kib.hasQueuedThreads() && System.nanoTime() - until > 0) {
        throw new ClientGone("it takes its answer slower than 256 KiB a second while others wait");
      }
    }

    @Override
    public void close() {
      kib.release(taken);
    }
  }
}
