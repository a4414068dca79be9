/**
 * Represents what a log has beside its records (settings, traits, consumers, producers), and the
 * changes of it as a journal keeps them.
 *
 * <p>Invariant: later versions can read every change that this version writes.
 */
@NullMarked
package io.dislog.state;

import org.jspecify.annotations.NullMarked;
