package io.dislog.operator.crd;

import org.jspecify.annotations.Nullable;

/**
 * What retention did.
 *
 * @param lastRun when it last ran, as RFC 3339 in UTC
 * @param deletedSegments since the cluster was made
 * @param reclaimedBytes on each node, since the cluster was made
 */
public record RetentionStatus(
    @Nullable String lastRun, long deletedSegments, long reclaimedBytes) {}
