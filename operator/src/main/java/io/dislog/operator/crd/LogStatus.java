package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A log as it was last seen. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LogStatus(
    @JsonPropertyDescription("What it is called.") String name,
    @JsonPropertyDescription("Of the first record that is kept.") long earliestOffset,
    @JsonPropertyDescription("That the next record will get.") long endOffset,
    @JsonPropertyDescription("Of stores and indexes, on one node.") long bytes,
    @JsonPropertyDescription("How many there are.") int segments) {}
