package io.dislog.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts what an operator does. Safe for use by many threads. */
final class Reconciliations implements Metrics {

  private final AtomicInteger finished = new AtomicInteger();
  private volatile @Nullable Exception lastFailure;

  @Override
  public void reconciliationFailed(
      HasMetadata resource,
      RetryInfo retryInfo,
      Exception exception,
      Map<String, Object> metadata) {
    lastFailure = exception;
  }

  @Override
  public void reconciliationFinished(
      HasMetadata resource, RetryInfo retryInfo, Map<String, Object> metadata) {
    finished.incrementAndGet();
  }

  int finished() {
    return finished.get();
  }

  /** Why a reconciliation failed, the last time that one did. */
  @Nullable Exception lastFailure() {
    return lastFailure;
  }
}
