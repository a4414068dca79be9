package io.dislog.http.stream;

import io.dislog.shard.LogView;
import io.dislog.shard.Subscription;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The end of one log with the readers that wait there. However many they are, whoever commits has
 * one to tell. Safe for use by many threads.
 */
final class Tail {

  private final LogView log;
  private final Consumer<Runnable> threads;
  private final Subscription subscription;
  private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean called = new AtomicBoolean();
  private final Consumer<LogView> left;

  /**
   * @param threads runs what it is given on another thread
   * @param left is told when the readers are gone that were there
   */
  Tail(LogView log, Consumer<Runnable> threads, Consumer<LogView> left) {
    this.log = log;
    this.threads = threads;
    this.left = left;
    this.subscription = log.subscribe(this::look);
  }

  void add(Waiter waiter) {
    waiters.add(waiter);
  }

  /** Whether it still waited, and does no more. */
  boolean remove(Waiter waiter) {
    return waiters.remove(waiter);
  }

  boolean isEmpty() {
    return waiters.isEmpty();
  }

  /** Tells the readers soon, where there is something to tell. */
  void look() {
    if (!called.getAndSet(true)) {
      threads.accept(this::wake);
    }
  }

  /** What happens from the begin of this on calls for another look. */
  private void wake() {
    called.set(false);
    boolean over = log.deleted() || log.closed();
    long end = log.extent().endOffset();
    for (Waiter waiter : waiters) {
      if (over || waiter.next() < end) {
        wake(waiter);
      }
    }
    if (waiters.isEmpty()) {
      left.accept(log);
    }
  }

  /** Tells all readers, whatever happened. */
  void wakeAll() {
    waiters.forEach(this::wake);
  }

  private void wake(Waiter waiter) {
    if (waiters.remove(waiter)) {
      waiter.wake();
    }
  }

  void close() {
    subscription.close();
  }

  /** A reader at the end of a stream. */
  interface Waiter {

    /** The offset of the record that it waits for. */
    long next();

    /** Something has happened; it waits no more. Must not block. */
    void wake();
  }
}
