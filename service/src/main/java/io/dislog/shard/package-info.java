/**
 * The state that must agree on every replica (logs with their configuration, consumers and
 * producers), and how commands change it.
 *
 * <p>Imports {@code io.dislog.command} and what that imports. Invariant: state changes by commands
 * alone, which one thread applies in order; what readers see is what was published after the force.
 */
@NullMarked
package io.dislog.shard;

import org.jspecify.annotations.NullMarked;
