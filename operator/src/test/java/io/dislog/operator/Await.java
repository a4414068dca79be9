package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other threads do. Stateless. */
final class Await {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private Await() {}

  static void until(Supplier<String> what, BooleanSupplier isSo) throws InterruptedException {
    long begun = System.nanoTime();
    while (!isSo.getAsBoolean()) {
      assertThat(System.nanoTime() - begun).as(what).isLessThan(PATIENCE.toNanos());
      Thread.sleep(50);
    }
  }
}
