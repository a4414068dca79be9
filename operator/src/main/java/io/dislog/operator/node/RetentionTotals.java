package io.dislog.operator.node;

import io.dislog.api.NodeReport;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.crd.RetentionStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What retention did in each cluster since that was made, though every node counts since its own
 * start alone. Safe for use by many threads.
 *
 * <p>Each node deletes of its own replicas what the others delete of theirs, so the node that saw
 * most saw all. What is deleted while no operator looks, and all nodes restart, is not counted.
 */
@Singleton
public final class RetentionTotals {

  /** So that an idle cluster's status is not written each time that somebody looks. */
  private static final Duration STALE = Duration.ofMinutes(5);

  private final Map<String, Map<String, Count>> counts = new ConcurrentHashMap<>();

  /**
   * What a resource's status should say of retention.
   *
   * @param reports of the nodes that gave one
   */
  public @Nullable RetentionStatus status(DislogCluster cluster, Collection<NodeReport> reports) {
    DislogClusterStatus status = cluster.getStatus();
    RetentionStatus before = status == null ? null : status.retention();
    Map<String, Count> counted =
        counts.compute(
            cluster.getMetadata().getUid(),
            (uid, known) -> count(known == null ? Map.of() : known, before, reports));
    String lastRun = lastRun(before, reports);
    if (lastRun == null) {
      return before;
    }
    Count most =
        counted.values().stream()
            .max(Comparator.comparingLong(Count::segments))
            .orElse(new Count(0, 0, 0, 0));
    if (before == null || most.segments() > before.deletedSegments()) {
      return new RetentionStatus(lastRun, most.segments(), most.bytes());
    }
    return isStale(before.lastRun(), lastRun)
        ? new RetentionStatus(lastRun, before.deletedSegments(), before.reclaimedBytes())
        : before;
  }

  /** Forgets all clusters but those that are there. */
  public void keep(Collection<String> uids) {
    counts.keySet().retainAll(Set.copyOf(uids));
  }

  private static Map<String, Count> count(
      Map<String, Count> known, @Nullable RetentionStatus before, Collection<NodeReport> reports) {
    Map<String, Count> counted = new HashMap<>(known);
    for (NodeReport report : reports) {
      NodeReport.Retention said = report.retention();
      if (said != null) {
        Count last = known.get(report.id());
        counted.put(report.id(), last == null ? Count.first(said, before) : last.next(said));
      }
    }
    return counted;
  }

  private static @Nullable String lastRun(
      @Nullable RetentionStatus before, Collection<NodeReport> reports) {
    Stream<@Nullable String> said =
        reports.stream()
            .map(NodeReport::retention)
            .filter(Objects::nonNull)
            .map(NodeReport.Retention::lastRun);
    return Stream.concat(said, Stream.of(before == null ? null : before.lastRun()))
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static boolean isStale(@Nullable String shown, String now) {
    return shown == null || Instant.parse(shown).plus(STALE).isBefore(Instant.parse(now));
  }

  /**
   * What is known of one node's deletions.
   *
   * @param segments since the cluster was made
   * @param bytes of them
   * @param lastSegments what it said last, since its start
   * @param lastBytes of them
   */
  private record Count(long segments, long bytes, long lastSegments, long lastBytes) {

    /**
     * A node of which this operator knows nothing: what it did is in the status, if there is one.
     */
    static Count first(NodeReport.Retention said, @Nullable RetentionStatus before) {
      return before == null
          ? new Count(
              said.deletedSegments(),
              said.reclaimedBytes(),
              said.deletedSegments(),
              said.reclaimedBytes())
          : new Count(
              before.deletedSegments(),
              before.reclaimedBytes(),
              said.deletedSegments(),
              said.reclaimedBytes());
    }

    /** Who says less than it did has restarted. */
    Count next(NodeReport.Retention said) {
      boolean restarted =
          said.deletedSegments() < lastSegments || said.reclaimedBytes() < lastBytes;
      return new Count(
          segments + said.deletedSegments() - (restarted ? 0 : lastSegments),
          bytes + said.reclaimedBytes() - (restarted ? 0 : lastBytes),
          said.deletedSegments(),
          said.reclaimedBytes());
    }
  }
}
