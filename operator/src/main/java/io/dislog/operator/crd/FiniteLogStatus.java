package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A log of {@code spec.logs} that ends by itself. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record FiniteLogStatus(
    @JsonPropertyDescription("Name of the log.") String name,
    @JsonPropertyDescription(
            "Whether the log is gone. It is not created again, unless it is removed from spec.logs,"
                + " is no longer listed here, and is then added again.")
        boolean expired) {}
