package io.dislog.history;

import java.util.List;

/** A log as one node showed it when all was over. */
public record FinalLog(
    String node, String log, long earliest, long end, boolean closed, List<Entry> entries) {

  /** Whether two nodes show the same. */
  boolean isSameAs(FinalLog other) {
    return earliest == other.earliest
        && end == other.end
        && closed == other.closed
        && entries.equals(other.entries);
  }
}
