package io.dislog.http.server;

import io.dislog.command.Rejection;
import io.dislog.log.Extent;
import io.dislog.shard.LogView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Sums over all logs, for metrics; zero while the logs are being recovered. */
public final class LogTotals {

  private LogTotals() {}

  static long logs(Service service) {
    return all(service).size();
  }

  static long segments(Service service) {
    return all(service).stream().map(LogView::extent).mapToLong(Extent::segments).sum();
  }

  static long bytes(Service service) {
    return all(service).stream().map(LogView::extent).mapToLong(Extent::bytes).sum();
  }

  static long stateBytes(Service service) {
    return all(service).stream().mapToLong(LogView::stateBytes).sum();
  }

  /** How far the newest record of any log is dated ahead of the clock. */
  static double clockAheadSeconds(Service service) {
    return clockAhead(service).map(LogView::aheadMillis).orElse(0L) / 1000.0;
  }

  /** The log whose newest record is dated farthest ahead of the clock, if any is. */
  public static Optional<LogView> clockAhead(Service service) {
    return all(service).stream()
        .filter(log -> log.aheadMillis() > 0)
        .max(Comparator.comparingLong(LogView::aheadMillis));
  }

  private static List<LogView> all(Service service) {
    try {
      return service.commit().logs("", null, Integer.MAX_VALUE);
    } catch (Rejection.NotReady e) {
      return List.of();
    }
  }
}
