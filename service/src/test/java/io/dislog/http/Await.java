package io.dislog.http;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what must become true soon. */
final class Await {

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private static final long LOOK_NANOS = 5_000_000;

  private Await() {}

  static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + DEADLINE);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
