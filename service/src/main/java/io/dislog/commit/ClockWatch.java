package io.dislog.commit;

import io.dislog.shard.LogView;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Set;

/** Warns once of each log whose newest record's time is ahead of the clock. For one thread. */
final class ClockWatch {

  private static final System.Logger LOGGER = System.getLogger(ClockWatch.class.getName());

  private final Set<String> ahead = new HashSet<>();

  /** Looks at a log. */
  void look(LogView log) {
    long millis = log.aheadMillis();
    if (millis == 0) {
      ahead.remove(log.name());
    } else if (ahead.add(log.name())) {
      LOGGER.log(
          Level.WARNING,
          "log {0}: its newest record is dated {1} s ahead of the clock, which was once wrong; the log"
              + " dates records so until the clock is there, and retention counts their age from when"
              + " it first saw them",
          log.name(),
          millis / 1000);
    }
  }
}
