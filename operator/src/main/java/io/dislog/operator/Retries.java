package io.dislog.operator;

import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.javaoperatorsdk.operator.processing.retry.Retry;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;

/**
 * When a reconciliation that failed is tried again: after a second, then after twice as long each
 * time, up to half a minute, and for ever. Stateless.
 *
 * <p>It stands in the place of {@code @GradualRetry}. That one is carried through the build by its
 * setters, of which the first wait has two; which of them the build sees is up to the JVM's order
 * of methods, and where it is the wrong one, the wait is lost.
 */
public final class Retries implements Retry {

  private static final GenericRetry GRADUAL =
      new GenericRetry()
          .withoutMaxAttempts()
          .setInitialInterval(1_000)
          .setIntervalMultiplier(2)
          .setMaxInterval(30_000);

  @Override
  public RetryExecution initExecution() {
    return GRADUAL.initExecution();
  }
}
