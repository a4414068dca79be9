package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** What retention did. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RetentionStatus(
    @JsonPropertyDescription("When it last ran, as RFC 3339 in UTC.") @Nullable String lastRun,
    @JsonPropertyDescription("Since the cluster was made.") long deletedSegments,
    @JsonPropertyDescription("On each node, since the cluster was made.") long reclaimedBytes) {}
