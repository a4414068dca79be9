/**
 * What several nodes agree on: each shard is one raft group, in which a leader orders the entries
 * and every node applies them. The rooms, from the bottom: {@code base}, {@code vote}, {@code rpc},
 * {@code replica}, {@code group}, {@code node}; none knows those after it.
 *
 * <p>They alone know Apache Ratis. Invariant: an entry is applied, by any node, only after a
 * majority of the shard's nodes has it on stable storage, and a node that lost what it had never
 * votes as if it had it still.
 */
@NullMarked
package io.dislog.raft;

import org.jspecify.annotations.NullMarked;
