/**
 * Carries messages between nodes: frames over TCP, by which a node asks another one and is
 * answered. Knows nothing of what they say, and nothing but the JDK.
 *
 * <p>Invariant: nobody who sends is ever held up by the network or by the other node, and what a
 * stranger sends takes no more memory than he sent.
 */
@NullMarked
package io.dislog.raft.transport;

import org.jspecify.annotations.NullMarked;
