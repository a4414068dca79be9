package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/** How metrics are collected. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MetricsSpec(
    @JsonPropertyDescription("Whether to create a PodMonitor, where that kind exists.")
        @Default("false")
        @Nullable Boolean podMonitor) {}
