/**
 * Keeps a node's copy of a shard: applies entries in rounds, takes checkpoints, and installs the
 * state of a peer that is ahead.
 */
@NullMarked
package io.dislog.raft.replica;

import org.jspecify.annotations.NullMarked;
