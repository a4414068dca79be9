package io.dislog.operator.node;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what must become true soon. */
final class Await {

  private static final long LOOK_NANOS = 100_000_000;

  private Await() {}

  /**
   * Waits until something is so; a node that gives no answer is asked again.
   *
   * @param instead what to show where it does not become so in time
   */
  public static void until(Duration patience, Supplier<String> instead, Callable<Boolean> condition)
      throws Exception {
    long deadline = System.nanoTime() + patience.toNanos();
    String last = "it is not so";
    while (System.nanoTime() < deadline) {
      try {
        if (condition.call()) {
          return;
        }
      } catch (NodeException e) {
        last = e.why();
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    throw new AssertionError("not within %s: %s%n%s".formatted(patience, last, instead.get()));
  }
}
