package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A log as it was last seen. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LogStatus(
    @JsonPropertyDescription("Name of the log.") String name,
    @JsonPropertyDescription("Offset of the first record that is kept.") long earliestOffset,
    @JsonPropertyDescription("Offset that the next record will get.") long endOffset,
    @JsonPropertyDescription("Size of stores and indexes on one node.") long bytes,
    @JsonPropertyDescription("Number of segments.") int segments) {}
