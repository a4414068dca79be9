package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** What retention did. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RetentionStatus(
    @JsonPropertyDescription("Time of the last run, as RFC 3339 in UTC.") @Nullable String lastRun,
    @JsonPropertyDescription("Segments deleted since the cluster was created.")
        long deletedSegments,
    @JsonPropertyDescription("Bytes freed on each node since the cluster was created.")
        long reclaimedBytes) {}
