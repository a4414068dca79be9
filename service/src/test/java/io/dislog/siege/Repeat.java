package io.dislog.siege;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Something that is done again and again on a thread of its own, until this is closed. */
final class Repeat implements AutoCloseable {

  private final long periodNanos;
  private final Action action;
  private final Action missed;
  private final Thread thread;
  private volatile boolean ended;

  /** Begins. */
  Repeat(Duration period, Action action) {
    this(period, action, due -> {});
  }

  /**
   * Begins.
   *
   * @param missed is done instead where the time before took longer than the period
   */
  Repeat(Duration period, Action action, Action missed) {
    this.periodNanos = period.toNanos();
    this.action = action;
    this.missed = missed;
    this.thread = Thread.ofPlatform().start(this::run);
  }

  /** What is done. */
  interface Action {
    /**
     * Does it.
     *
     * @param dueAt when it was due, by {@link System#nanoTime}
     */
    void run(long dueAt);
  }

  /** Ends it once the last time is over. */
  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long due = System.nanoTime();
    while (!ended) {
      action.run(due);
      due += periodNanos;
      while (System.nanoTime() - due > periodNanos) {
        missed.run(due);
        due += periodNanos;
      }
      try {
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
