package io.dislog.raft.rpc;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Wakes the one thread that waits for it, also where that does so only a moment later. Any thread
 * gives it.
 */
final class Wakeup {

  private volatile boolean given;
  private volatile @Nullable Thread waiting;

  void give() {
    if (!given) {
      given = true;
      Thread thread = waiting;
      if (thread != null) {
        LockSupport.unpark(thread);
      }
    }
  }

  /**
   * Returns once it was given since this was called last, or the time is over; or for no reason.
   */
  void await(long nanos) {
    waiting = Thread.currentThread();
    if (!given) {
      LockSupport.parkNanos(this, nanos);
    }
    given = false;
  }
}
