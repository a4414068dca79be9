package io.dislog.http.api;

import io.dislog.http.exchange.ClientGone;
import io.dislog.shard.LogView;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How far a stream's reader is behind, once it has caught up. For one thread.
 *
 * <p>A large batch puts every reader behind for a moment, so a reader is too slow only when it
 * stays behind.
 */
public final class Lag {

  /** So much of what was appended since the reader caught up may be unsent. */
  static final long MAX_BYTES = 1 << 20;

  /** For how long more than that may be. */
  public static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final long NEVER = -1;

  private final LogView log;
  private final LongSupplier nanoTime;
  private boolean hasCaughtUp;
  private long behindSince = NEVER;

  public Lag(LogView log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
  }

  /** Everything that the log has was sent. */
  public void caughtUp() {
    hasCaughtUp = true;
    behindSince = NEVER;
  }

  /**
   * Looks at the reader.
   *
   * @param next the first offset that was not sent
   * @throws ClientGone where it has been too far behind for too long
   */
  public void check(long next) throws IOException {
    if (!hasCaughtUp || log.bytesBetween(next, log.extent().endOffset()) <= MAX_BYTES) {
      behindSince = NEVER;
      return;
    }
    long now = nanoTime.getAsLong();
    if (behindSince == NEVER) {
      behindSince = now;
    } else if (now - behindSince > PATIENCE.toNanos()) {
      throw new ClientGone("the reader is more than %d bytes behind".formatted(MAX_BYTES));
    }
  }
}
