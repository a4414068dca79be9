/**
 * Connects a shard's copy to its raft group: proposes commands, fails over fast, and waits until
 * the node has caught up.
 */
@NullMarked
package io.dislog.raft.group;

import org.jspecify.annotations.NullMarked;
