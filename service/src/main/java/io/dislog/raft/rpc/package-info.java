/**
 * How nodes talk: Ratis' own calls, observed; its administration; and our own questions to peers.
 *
 * <p>Imports {@code base} and {@code vote}, what those import, and Ratis.
 */
@NullMarked
package io.dislog.raft.rpc;

import org.jspecify.annotations.NullMarked;
