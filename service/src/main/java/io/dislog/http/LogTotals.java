package io.dislog.http;

import io.dislog.log.Extent;
import io.dislog.shard.NamedLog;
import io.dislog.shard.Refusal;
import java.util.List;

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

  private static List<NamedLog> all(Service service) {
    try {
      return service.commit().logs("", null, Integer.MAX_VALUE);
    } catch (Refusal.NotReady e) {
      return List.of();
    }
  }
}
