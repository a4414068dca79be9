package io.dislog.operator.crd;

import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/**
 * How metrics are collected.
 *
 * @param podMonitor whether there is to be a PodMonitor, where that kind exists
 */
public record MetricsSpec(@Default("false") @Nullable Boolean podMonitor) {}
