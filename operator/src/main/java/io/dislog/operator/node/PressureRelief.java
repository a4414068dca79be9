package io.dislog.operator.node;

import io.dislog.api.LogDescription;
import io.dislog.api.Reclaimed;
import io.dislog.api.RetentionPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What can be done about a volume that fills up, and what can't. The logs that hold most are looked
 * at, and retention runs at once on those of them where it finds something to take.
 *
 * @param reclaimed by that
 * @param message the logs that hold most, and why retention takes no more of them
 */
public record PressureRelief(Reclaimed reclaimed, String message) {

  /** Further ones hold less than a tenth each. */
  private static final int LOGS = 10;

  private static final int TOLD = 3;

  /**
   * Relieves a volume as far as the cluster's retention allows.
   *
   * @param node that answers
   */
  public static PressureRelief of(Volume volume, NodeClient node) throws NodeException {
    int segments = 0;
    long bytes = 0;
    List<LogUsage> holders = new ArrayList<>();
    for (LogDescription log : largest(node)) {
      RetentionPlan plan = node.plan(log.name());
      if (plan.segments().stream().anyMatch(RetentionPlan.Segment::deletable)) {
        Reclaimed run = node.runRetention(log.name());
        segments += run.deletedSegments();
        bytes += run.reclaimedBytes();
        plan = node.plan(log.name());
      }
      holders.add(new LogUsage(log.name(), plan.segments()));
    }
    holders.sort(Comparator.comparingLong(LogUsage::bytes).reversed());
    return new PressureRelief(new Reclaimed(segments, bytes), message(volume, holders));
  }

  private static List<LogDescription> largest(NodeClient node) throws NodeException {
    PriorityQueue<LogDescription> largest =
        new PriorityQueue<>(Comparator.comparingLong(LogDescription::bytes));
    node.eachLog(log -> {
      largest.add(log);
      if (largest.size() > LOGS) {
        largest.remove();
      }
    });
    return List.copyOf(largest);
  }

  private static String message(Volume volume, List<LogUsage> holders) {
    List<String> most =
        holders.stream()
            .limit(TOLD)
            .filter(holder -> holder.bytes() > 0)
            .map(LogUsage::told)
            .toList();
    return most.isEmpty()
        ? volume + ", and no log holds anything: something else is on it"
        : "%s; most is held by %s".formatted(volume, String.join("; by ", most));
  }
}
