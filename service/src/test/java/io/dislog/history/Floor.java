package io.dislog.history;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A number that only grows, of which it was seen now and then that it is at least so large. */
final class Floor {

  private final NavigableMap<Long, Long> seen = new TreeMap<>();

  /** At {@code time} it had been seen that the number is at least {@code value}. */
  void saw(long time, long value) {
    if (value <= upTo(time)) {
      return;
    }
    seen.put(time, value);
    Map.Entry<Long, Long> later = seen.higherEntry(time);
    while (later != null && later.getValue() <= value) {
      seen.remove(later.getKey());
      later = seen.higherEntry(time);
    }
  }

  /** What the number is at least at a time, from what was seen before that. */
  long before(long time) {
    Map.Entry<Long, Long> entry = seen.lowerEntry(time);
    return entry == null ? 0 : entry.getValue();
  }

  long upTo(long time) {
    Map.Entry<Long, Long> entry = seen.floorEntry(time);
    return entry == null ? 0 : entry.getValue();
  }

  /** What it is at least in the end. */
  long last() {
    return seen.isEmpty() ? 0 : seen.lastEntry().getValue();
  }
}
