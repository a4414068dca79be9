package io.dislog.operator.crd;

import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * A log that is to be there; what is null it has from the cluster.
 *
 * @param name as the service takes it
 * @param segment when this log's segments are sealed
 * @param retention when this log's segments go
 * @param durability what an append has reached when it is answered
 */
@ValidationRule(
    value = "!has(self.retention) || !has(self.retention.interval)",
    message = "the interval is the whole cluster's: move it to spec.retention.interval")
public record LogSpec(
    @Required
        @Size(min = 1, max = 128)
        @ValidationRule(
            value = "self.matches('^[a-z0-9][a-z0-9._-]{0,127}$')",
            message =
                "a log's name is 1 to 128 lower-case letters, digits, '.', '_' and '-', and begins"
                    + " with a letter or digit")
        String name,
    @Nullable SegmentSpec segment,
    @Nullable RetentionSpec retention,
    @Nullable LogDurability durability) {}
