package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/** How metrics are collected. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MetricsSpec(
    @JsonPropertyDescription(
            "Whether there is to be a PodMonitor; nothing is made where that kind does not exist.")
        @Default("false")
        @Nullable Boolean podMonitor) {}
