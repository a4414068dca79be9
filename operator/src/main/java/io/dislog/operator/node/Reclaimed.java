package io.dislog.operator.node;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a run of retention on a log took away.
 *
 * @param reclaimedBytes on one node
 */
@RegisterForReflection
public record Reclaimed(int deletedSegments, long reclaimedBytes) {}
