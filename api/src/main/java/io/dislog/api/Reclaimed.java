package io.dislog.api;

/**
 * What a run of retention on a log took away.
 *
 * @param reclaimedBytes on one node
 */
public record Reclaimed(int deletedSegments, long reclaimedBytes) {}
