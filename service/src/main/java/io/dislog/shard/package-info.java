/**
 * Holds the state that all replicas share (logs with their settings, consumers and producers), and
 * applies commands to it.
 *
 * <p>Invariant: a log's state changes only by commands, which one thread at a time applies in
 * order, or by the adoption of a peer's whole state; readers see published rounds only.
 */
@NullMarked
package io.dislog.shard;

import org.jspecify.annotations.NullMarked;
