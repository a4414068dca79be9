/**
 * The state that must agree on every replica (logs with their configuration, consumers and
 * producers) and the commands that act on it.
 *
 * <p>Imports {@code io.dislog.log} and the JDK. Invariant: state changes by commands alone, which
 * one thread applies in order; what readers see is what was published after the force.
 */
@NullMarked
package io.dislog.shard;

import org.jspecify.annotations.NullMarked;
