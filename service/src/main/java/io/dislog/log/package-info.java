/**
 * The segmented log on one disk: Record, Store, Index, Segment, Log, and the decisions of
 * retention.
 *
 * <p>Imports the JDK only. Invariant: whatever {@link io.dislog.log.Log#publish} has shown was
 * written, and forced where durability asks for it; an offset, once shown, never stands for another
 * record.
 */
@NullMarked
package io.dislog.log;

import org.jspecify.annotations.NullMarked;
