package io.dislog.http;

import io.dislog.log.Extent;
import io.dislog.shard.NamedLog;
import io.dislog.shard.Refusal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Sums over all logs, for metrics; zero while the logs are being recovered. */
final class LogTotals {

  private LogTotals() {}

  static long logs(Service service) {
    return all(service).size();
  }

  static long segments(Service service) {
    return all(service).stream().map(NamedLog::extent).mapToLong(Extent::segments).sum();
  }

  static long bytes(Service service) {
    return all(service).stream().map(NamedLog::extent).mapToLong(Extent::bytes).sum();
  }

  /** How far the newest record of any log is dated ahead of the clock. */
  static double clockAheadSeconds(Service service) {
    return clockAhead(service).map(NamedLog::aheadMillis).orElse(0L) / 1000.0;
  }

  /** The log whose newest record is dated farthest ahead of the clock, if any is. */
  static Optional<NamedLog> clockAhead(Service service) {
    return all(service).stream()
        .filter(log -> log.aheadMillis() > 0)
        .max(Comparator.comparingLong(NamedLog::aheadMillis));
  }

  private static List<NamedLog> all(Service service) {
    try {
      return service.commit().logs("", null, Integer.MAX_VALUE);
    } catch (Refusal.NotReady e) {
      return List.of();
    }
  }
}
