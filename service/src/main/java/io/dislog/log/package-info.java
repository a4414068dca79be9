/**
 * The segmented log: Record, Store, Index, Segment, Log.
 *
 * <p>Imports {@code io.dislog.disk}, {@code io.dislog.journal} and the JDK. Invariant: whatever
 * {@link io.dislog.log.Log#publish} has shown was written, and forced where durability asks for it;
 * an offset, once shown, never stands for another record.
 */
@NullMarked
package io.dislog.log;

import org.jspecify.annotations.NullMarked;
