package io.dislog.raft.rpc;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends a transfer that does not go on, as from a peer that was stopped or is cut off: its stream is
 * closed, and whoever reads it is told that it ended. For one thread.
 */
final class StallWatch implements Closeable {

  private final InputStream in;
  private final long millis;
  private volatile long bytes;
  private volatile boolean over;

  /**
   * @param millis in which a byte must come
   */
  StallWatch(InputStream in, long millis) {
    this.in = in;
    this.millis = millis;
    lookLater();
  }

  /** So many bytes have come in all. */
  void at(long bytesByNow) {
    bytes = bytesByNow;
  }

  @Override
  public void close() {
    over = true;
  }

  private void lookLater() {
    long then = bytes;
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(() -> look(then));
  }

  private void look(long then) {
    if (over) {
      return;
    }
    if (bytes > then) {
      lookLater();
      return;
    }
    try {
      in.close();
    } catch (IOException e) {
      // Whoever reads it is told.
    }
  }
}
