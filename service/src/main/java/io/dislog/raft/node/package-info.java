/**
 * The node: how a cluster begins, who belongs to it, which leads what, what ends it, and how well
 * it is.
 *
 * <p>Imports {@code group} and the rooms below, what those import, and Ratis. {@link
 * io.dislog.raft.node.RaftNode} is what the rest of the service knows.
 */
@NullMarked
package io.dislog.raft.node;

import org.jspecify.annotations.NullMarked;
