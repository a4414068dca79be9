package io.dislog.shard;

/**
 * An entry of a shard's history up to which all of it is in the logs durably.
 *
 * @param term of the leader that proposed it
 * @param index from 0, or -1 where nothing is
 */
public record Checkpoint(long term, long index) {}
