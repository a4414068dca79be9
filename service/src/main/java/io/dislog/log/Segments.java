package io.dislog.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * A log's segments in offset order; never empty once the log is open. One thread changes them, any
 * number look in.
 */
final class Segments {

  private final ConcurrentSkipListMap<Long, Segment> byBase = new ConcurrentSkipListMap<>();
  private long bytesBeforeLast;
  private int count;

  /** Adds the newest segment, or puts it in the place of the one with its base offset. */
  void add(Segment segment) {
    byBase.put(segment.baseOffset(), segment);
    recount();
  }

  /** The segment in whose place an offset lies, or null where it lies below all. */
  @Nullable Segment holding(long offset) {
    var entry = byBase.floorEntry(offset);
    return entry == null ? null : entry.getValue();
  }

  Segment first() {
    return byBase.firstEntry().getValue();
  }

  Segment last() {
    return byBase.lastEntry().getValue();
  }

  /** The segments from that on which holds an offset. */
  Collection<Segment> from(long offset) {
    Long base = byBase.floorKey(offset);
    return base == null ? byBase.values() : byBase.tailMap(base).values();
  }

  /** Takes out the segments that end at or below an offset, but never the last. */
  List<Segment> removeBelow(long offset) {
    List<Segment> below = new ArrayList<>();
    for (Segment segment : byBase.values()) {
      if (segment == last() || segment.endOffset() > offset) {
        break;
      }
      below.add(segment);
    }
    below.forEach(segment -> byBase.remove(segment.baseOffset()));
    recount();
    return below;
  }

  /** Takes out the segments behind the one that holds an offset, the newest first. */
  List<Segment> removeBehind(long offset) {
    List<Segment> behind = new ArrayList<>();
    while (byBase.lastKey() > offset) {
      behind.add(byBase.pollLastEntry().getValue());
    }
    recount();
    return behind;
  }

  /** Bytes of all stores and indexes. */
  long bytes() {
    return bytesBeforeLast + last().contents().bytes();
  }

  int count() {
    return count;
  }

  /** The time of the newest record that ever was, in milliseconds since 1970. */
  long newestTime() {
    Segment last = last();
    return Math.max(last.header().floorTime(), last.contents().lastTime());
  }

  private void recount() {
    count = 0;
    bytesBeforeLast = 0;
    for (Segment segment : byBase.headMap(byBase.lastKey()).values()) {
      count++;
      bytesBeforeLast += segment.contents().bytes();
    }
    count++;
  }
}
