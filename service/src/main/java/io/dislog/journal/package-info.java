/**
 * A journal holds small entries: they are appended, forced, and replayed when it is opened. When
 * its file is full, the present state is written to its twin.
 *
 * <p>Invariant: an entry that was forced is replayed, in its order; a torn tail is wiped.
 */
@NullMarked
package io.dislog.journal;

import org.jspecify.annotations.NullMarked;
