/**
 * What several nodes agree on: each shard is one raft group, in which a leader orders the entries
 * and every node applies them.
 *
 * <p>Imports {@code io.dislog.commit}, {@code io.dislog.shard}, {@code io.dislog.log}, Apache Ratis
 * and the JDK; it alone knows Ratis. Invariant: an entry is applied, by any node, only after a
 * majority of the shard's nodes has it on stable storage, and a node that lost what it had never
 * votes as if it had it still.
 */
@NullMarked
package io.dislog.raft;

import org.jspecify.annotations.NullMarked;
