package io.dislog.http.api;

import io.dislog.http.exchange.ClientGone;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Wakes one thread that waits for something to change. Raised by any thread, which it never blocks;
 * raised before anybody waits, it is not lost.
 */
final class Signal {

  private final Semaphore raised = new Semaphore(0);

  public void raise() {
    if (raised.availablePermits() == 0) {
      raised.release();
    }
  }

  /** Waits until it is raised, or for so long. */
  public void await(long millis) throws ClientGone {
    try {
      if (raised.tryAcquire(Math.max(0, millis), TimeUnit.MILLISECONDS)) {
        raised.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientGone(e);
    }
  }
}
