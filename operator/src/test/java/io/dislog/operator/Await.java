package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other threads do. Stateless. */
public final class Await {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Await() {}

  public static void until(Supplier<String> what, BooleanSupplier isSo)
      throws InterruptedException {
    until(what, PATIENCE, isSo);
  }

  /** Looks all the while that it stays so. */
  static void keepsTrue(Duration span, BooleanSupplier isSo) throws InterruptedException {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < span.toNanos()) {
      assertThat(isSo.getAsBoolean()).isTrue();
      Thread.sleep(50);
    }
  }

  public static void until(Supplier<String> what, Duration patience, BooleanSupplier isSo)
      throws InterruptedException {
    long begun = System.nanoTime();
    while (!isSo.getAsBoolean()) {
      assertThat(System.nanoTime() - begun).as(what).isLessThan(patience.toNanos());
      Thread.sleep(50);
    }
  }
}
