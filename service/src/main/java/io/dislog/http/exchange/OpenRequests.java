package io.dislog.http.exchange;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The requests that are under way, so that a stop can wait for them; safe for use by many threads.
 */
@Singleton
public final class OpenRequests {

  private final Set<Runnable> stopListeners = ConcurrentHashMap.newKeySet();
  private int open;
  private volatile boolean stopping;

  /** Counts a request in; false where the service is stopping and takes none. */
  public synchronized boolean enter() {
    if (stopping) {
      return false;
    }
    open++;
    return true;
  }

  public synchronized void leave() {
    if (--open == 0) {
      notifyAll();
    }
  }

  public synchronized int open() {
    return open;
  }

  /** Whether requests that wait for something should end now. */
  public boolean stopping() {
    return stopping;
  }

  /** Calls back when the service begins to stop, at once where it already does. */
  public void onStop(Runnable listener) {
    stopListeners.add(listener);
    if (stopping) {
      listener.run();
    }
  }

  public void forget(Runnable listener) {
    stopListeners.remove(listener);
  }

  /**
   * Takes no more requests, asks those that wait to end, and waits until all have.
   *
   * @return whether all ended in time
   */
  public boolean stop(Duration patience) throws InterruptedException {
    synchronized (this) {
      stopping = true;
    }
    stopListeners.forEach(Runnable::run);
    long deadline = System.nanoTime() + patience.toNanos();
    synchronized (this) {
      while (open > 0) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        wait(left);
      }
      return true;
    }
  }
}
