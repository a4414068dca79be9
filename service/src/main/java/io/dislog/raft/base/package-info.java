/**
 * What is agreed on: the entries of a shard as values and as bytes, the clock that they carry, the
 * ids of groups and members, and up to which entry a node has applied.
 *
 * <p>Imports {@code io.dislog.commit} and what that imports, and Ratis.
 */
@NullMarked
package io.dislog.raft.base;

import org.jspecify.annotations.NullMarked;
