/**
 * Replicates shards: each is one raft group, in which a leader orders the entries and every node
 * applies them. The packages, from the bottom: {@code base}, {@code vote}, {@code transport},
 * {@code rpc}, {@code replica}, {@code group}, {@code node}; none imports one that comes after it.
 * They alone import Apache Ratis.
 *
 * <p>The way of a command, on the node that leads: {@code RaftCommit} finds the shard, {@code
 * ShardCommit} gathers what waits into an entry, {@code ShardGroup} proposes it to Ratis. And on
 * every node, once it is committed: Ratis calls the {@code ShardStateMachine}, which has the {@code
 * ShardReplica} apply it; {@code EntryApplication} hands each command to its log's {@code
 * LogRound}, and from there it goes the way of a node by itself. A {@code LocalShard} holds these
 * together.
 *
 * <p>Invariant: an entry is applied, by any node, only after a majority of the shard's nodes has it
 * on stable storage; and a node that lost its data never votes as if it still had them.
 */
@NullMarked
package io.dislog.raft;

import org.jspecify.annotations.NullMarked;
