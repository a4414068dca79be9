/**
 * Carries messages between nodes: frames over TCP, by which a node asks another one and is
 * answered. Knows nothing of what they say, and of the rest of Dislog only how nodes show that they
 * are some.
 *
 * <p>Invariant: nobody who sends is ever held up by the network or by the other node, and what a
 * stranger sends takes no more memory than he sent, nor reaches anything before he has shown that
 * he is a node.
 */
@NullMarked
package io.dislog.raft.transport;

import org.jspecify.annotations.NullMarked;
