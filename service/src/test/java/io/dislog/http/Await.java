package io.dislog.http;

import java.util.function.BooleanSupplier;

/** The kit's, for what says by itself what is waited for. */
public final class Await {

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
    io.dislog.kit.Await.until(instead::toString, condition::getAsBoolean);
  }
}
