package io.dislog.retention;

import io.dislog.log.SegmentInfo;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When runs of retention first saw records whose time is ahead of the clock, as a clock leaves them
 * that was once wrong: their age counts from then on. Immutable.
 *
 * <p>A sighting is about all records below an offset, the log's end at that time. A segment was
 * seen by the first one at or behind its end, and its first record by the first one behind that.
 *
 * @param byEnd when each sighting was, in milliseconds since 1970, by the offset
 */
public record Sightings(NavigableMap<Long, Long> byEnd) {

  public static final Sightings NONE = new Sightings(new TreeMap<>());

  public Sightings {
    byEnd = Collections.unmodifiableNavigableMap(byEnd);
  }

  /**
   * These sightings and another one. Of those in the active segment just the first and the last are
   * kept, so that there are at most two for a segment.
   *
   * @param active the base offset of the active segment
   * @param end of the log
   * @param at when the run saw it
   */
  public Sightings and(long active, long end, long at) {
    if (end <= end()) {
      return this;
    }
    TreeMap<Long, Long> after = new TreeMap<>(byEnd);
    Long first = after.higherKey(active);
    if (first != null) {
      after.tailMap(first, false).clear();
    }
    after.put(end, at);
    return new Sightings(after);
  }

  /** What of it is about records from an offset on. */
  public Sightings from(long earliest) {
    return byEnd.isEmpty() || byEnd.firstKey() > earliest
        ? this
        : new Sightings(new TreeMap<>(byEnd.tailMap(earliest, false)));
  }

  /** The offset below which all records were seen, or 0. */
  public long end() {
    return byEnd.isEmpty() ? 0 : byEnd.lastKey();
  }

  /**
   * The time from which a segment's newest record ages: its own, unless that is ahead of the clock.
   *
   * @return -1 where it has no record
   */
  long newest(SegmentInfo segment, long now) {
    return Math.min(
        Math.min(segment.lastTime(), now), seenAt(byEnd.ceilingEntry(segment.endOffset())));
  }

  /** When the first record of a segment was seen, or {@link Long#MAX_VALUE}. */
  public long firstSeenAt(long baseOffset) {
    return seenAt(byEnd.higherEntry(baseOffset));
  }

  private static long seenAt(Map.@Nullable Entry<Long, Long> sighting) {
    return sighting == null ? Long.MAX_VALUE : sighting.getValue();
  }
}
