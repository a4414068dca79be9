/**
 * Replicates shards: each is one raft group, in which a leader orders the entries and every node
 * applies them. The packages, from the bottom: {@code base}, {@code vote}, {@code rpc}, {@code
 * replica}, {@code group}, {@code node}; none imports one that comes after it. They alone import
 * Apache Ratis.
 *
 * <p>Invariant: an entry is applied, by any node, only after a majority of the shard's nodes has it
 * on stable storage; and a node that lost its data never votes as if it still had them.
 */
@NullMarked
package io.dislog.raft;

import org.jspecify.annotations.NullMarked;
