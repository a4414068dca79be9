/**
 * A shard as the node sees it: its raft group, its leadership, its commits, and how the node
 * catches up with it.
 *
 * <p>Imports {@code replica} and the rooms below, what those import, and Ratis.
 */
@NullMarked
package io.dislog.raft.group;

import org.jspecify.annotations.NullMarked;
