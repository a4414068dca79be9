package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A log that is to be there; what is null it has from the cluster. */
@ValidationRule(
    value = "!has(self.retention) || !has(self.retention.interval)",
    message = "the interval is the whole cluster's: move it to spec.retention.interval")
@JsonIgnoreProperties(ignoreUnknown = true)
public record LogSpec(
    @JsonPropertyDescription("Name of the log.")
        @Required
        @Size(min = 1, max = 128)
        @ValidationRule(
            value = "self.matches('^[a-z0-9][a-z0-9._-]{0,127}$')",
            message =
                "a log's name is 1 to 128 lower-case letters, digits, '.', '_' and '-', and begins"
                    + " with a letter or digit")
        String name,
    @JsonPropertyDescription("When segments of this log are sealed; overrides spec.segment.")
        @Nullable SegmentSpec segment,
    @JsonPropertyDescription("When segments of this log are deleted; overrides spec.retention.")
        @Nullable RetentionSpec retention,
    @JsonPropertyDescription(
            "Where an append is once it is acknowledged: with fsync in stable storage of a"
                + " majority of the nodes, with buffered in their memory. The service's default"
                + " is fsync.")
        @ValidationRule(
            value = "self in ['fsync', 'buffered']",
            message = "durability must be fsync or buffered")
        @Nullable LogDurability durability) {}
