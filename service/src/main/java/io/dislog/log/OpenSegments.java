package io.dislog.log;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The sealed segments whose files are open though nobody reads them, so that the next reader finds
 * them open and a node with many segments does not run out of file descriptors. Safe for use by
 * many threads.
 */
final class OpenSegments {

  private final int capacity;
  private final LinkedHashSet<Segment> idle = new LinkedHashSet<>();

  OpenSegments(int capacity) {
    this.capacity = capacity;
  }

  /**
   * A segment's last reader left; the segment that was idle for the longest may be closed for it.
   */
  void idle(Segment segment) {
    List<Segment> surplus = new ArrayList<>();
    synchronized (idle) {
      idle.remove(segment);
      idle.add(segment);
      while (idle.size() > capacity) {
        surplus.add(idle.removeFirst());
      }
    }
    // Outside of the lock: a segment calls in here while it holds its own.
    surplus.forEach(Segment::closeIfIdle);
  }

  /** A segment is read again, or gone. */
  void remove(Segment segment) {
    synchronized (idle) {
      idle.remove(segment);
    }
  }
}
