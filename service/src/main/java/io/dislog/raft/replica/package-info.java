/**
 * A node's copy of a shard: entries become rounds of writes, a snapshot is taken, sent, fetched and
 * installed.
 *
 * <p>Imports {@code base} and {@code rpc}, what those import, and Ratis.
 */
@NullMarked
package io.dislog.raft.replica;

import org.jspecify.annotations.NullMarked;
