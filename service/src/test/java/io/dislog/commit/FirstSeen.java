package io.dislog.commit;

import java.util.ArrayList;
import java.util.List;

/** When a run of retention first saw each record with the log's newest time ahead of the clock. */
final class FirstSeen {

  private final List<Long> byOffset = new ArrayList<>();

  /** A run sees all records below an end. */
  void upTo(long end, long now) {
    while (byOffset.size() < end) {
      byOffset.add(now);
    }
  }

  /** The time from which a record ages: its own, or when it was first seen. */
  long or(long time, long offset) {
    return offset < byOffset.size() ? Math.min(time, byOffset.get((int) offset)) : time;
  }
}
