/**
 * Runs a replicated node: forms or joins a cluster, balances leaders, tracks health, and ends the
 * process after a fatal failure. {@link io.dislog.raft.node.RaftNode} is what the rest of the
 * service knows.
 */
@NullMarked
package io.dislog.raft.node;

import org.jspecify.annotations.NullMarked;
