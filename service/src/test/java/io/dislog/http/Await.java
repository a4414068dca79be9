package io.dislog.http;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what must become true soon. */
public final class Await {

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private static final long LOOK_NANOS = 5_000_000;

  private Await() {}

  public static void until(BooleanSupplier condition) {
    until(condition, "");
  }

  /**
   * Waits, and shows what came instead where it does not become true.
   *
   * @param instead as it is at the deadline
   */
  public static void until(BooleanSupplier condition, Object instead) {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + DEADLINE + ": " + instead);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
