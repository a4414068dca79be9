package io.dislog.operator;

import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Has the framework count reconciliations, by namespace, among what the process tells of itself. By
 * itself it would choose where to count before there is a registry, and count nowhere. Stateless.
 */
@Singleton
final class ReconciliationMetrics {

  @Produces
  @Singleton
  Metrics metrics(MeterRegistry registry) {
    return MicrometerMetricsV2.newBuilder(registry).withNamespaceAsTag().build();
  }

  /**
   * Events are not counted. The framework gives some of them tags that others lack, which
   * Prometheus' registry refuses by an exception, and that would end the thread that tries again
   * what failed.
   */
  @Produces
  @Singleton
  MeterFilter withoutEvents() {
    return MeterFilter.denyNameStartsWith("events.received");
  }
}
