/**
 * A journal: entries of a few bytes, appended and forced, replayed when it is opened, and written
 * again in short once it has grown.
 *
 * <p>Imports {@code io.dislog.disk} and the JDK. Invariant: an entry that was forced is replayed,
 * in its order, and a torn tail is cut off.
 */
@NullMarked
package io.dislog.journal;

import org.jspecify.annotations.NullMarked;
