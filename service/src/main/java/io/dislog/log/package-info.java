/**
 * The segmented log: Record, Store, Index, Segment, Log.
 *
 * <p>Invariant: every record that {@link io.dislog.log.Log#publish} made visible was written, and
 * forced if the log's durability requires it; an offset, once visible, never stands for another
 * record.
 */
@NullMarked
package io.dislog.log;

import org.jspecify.annotations.NullMarked;
