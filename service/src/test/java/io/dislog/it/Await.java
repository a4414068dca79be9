package io.dislog.it;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for what must come true, and no longer than it may take. */
final class Await {

  private static final long POLL_MILLIS = 5;

  private Await() {}

  /**
   * Waits until a condition holds.
   *
   * @param what is waited for, or has not come true; asked when patience has ended
   */
  public static void until(Supplier<String> what, Duration patience, Condition condition)
      throws Exception {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within %s: %s".formatted(patience, what.get()));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  public static void until(String what, Duration patience, Condition condition) throws Exception {
    until(() -> what, patience, condition);
  }

  /** Something that becomes true. */
  interface Condition {
    boolean holds() throws Exception;
  }
}
