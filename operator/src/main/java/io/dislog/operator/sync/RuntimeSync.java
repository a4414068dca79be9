package io.dislog.operator.sync;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.LogStatus;
import io.dislog.operator.node.FiniteLogs;
import io.dislog.operator.node.NodeClient;
import io.dislog.operator.node.NodeException;
import io.dislog.operator.node.Nodes;
import io.dislog.operator.node.PressureRelief;
import io.dislog.operator.node.RetentionLimits;
import io.dislog.operator.node.RetentionTotals;
import io.dislog.operator.node.SettingsOutcome;
import io.dislog.operator.node.SettingsSync;
import io.dislog.operator.node.Volume;
import io.dislog.operator.objects.Defaults;
import io.dislog.operator.objects.Names;
import io.dislog.operator.observation.Observation;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the running service: brings the resource's settings, and makes room in a volume that
 * is nearly full. Used by many threads at once, by one at a time for each cluster.
 */
public final class RuntimeSync {

  /** What nobody changed is not looked at more often, however often a cluster is. */
  private static final Duration PAUSE = Duration.ofSeconds(8);

  /** More logs would make a resource's status too large. */
  private static final int IN_STATUS = 100;

  private final Nodes nodes;
  private final InstantSource clock;
  private final RetentionTotals totals = new RetentionTotals();
  private final Filling filling = new Filling();
  private final VolumeMetrics metrics;
  private final Map<String, Last> last = new ConcurrentHashMap<>();

  /**
   * @param clock that tells the time of day
   */
  public RuntimeSync(Nodes nodes, MeterRegistry registry, InstantSource clock) {
    this.nodes = nodes;
    this.clock = clock;
    this.metrics = new VolumeMetrics(registry);
  }

  /**
   * Looks once.
   *
   * @param now by a clock that nobody sets
   */
  public SyncResult look(Observation seen, Instant now) {
    DislogCluster cluster = seen.cluster();
    // Ready or not: a node that does not serve yet can be told, and knows what fills it.
    List<NodeClient> ready =
        seen.answeringNodes().stream()
            .filter(node -> seen.membership().has(Names.node(cluster, node)))
            .map(node -> nodes.of(cluster, node))
            .toList();
    Optional<Volume> fullest = Volume.fullest(seen.reports().values());
    Last present =
        new Last(
            cluster.getMetadata().getGeneration(),
            ready.stream().map(NodeClient::id).toList(),
            now);
    boolean isDue = !Defaults.isPaused(cluster) && isDue(cluster, present);
    FiniteLogs finite = FiniteLogs.of(cluster, seen.clusterId(), clock.instant());
    Optional<SettingsOutcome> settings =
        isDue
            ? Optional.of(SettingsSync.bring(cluster.getSpec(), finite, able(seen, ready)))
            : Optional.empty();
    if (settings.map(SettingsOutcome::isApplied).orElse(false)) {
      last.put(cluster.getMetadata().getUid(), present);
    }
    List<LogStatus> logs = logs(ready);
    return new SyncResult(
        settings,
        fullest,
        isDue ? pressureRelief(fullest, ready) : Optional.empty(),
        fullest.flatMap(volume -> warning(cluster, volume, logs, finite.expired(), now)),
        totals.status(cluster, seen.reports().values()),
        logs == null ? null : logs.stream().limit(IN_STATUS).toList(),
        finite.told());
  }

  /** Without a leader each setting is waited for in vain, which would hold up all else. */
  private static List<NodeClient> able(Observation seen, List<NodeClient> ready) {
    return seen.membership().isKnown() ? ready : List.of();
  }

  /** Says why a volume may be full before retention acts, and tells metrics of it. */
  private Optional<String> warning(
      DislogCluster cluster,
      Volume volume,
      @Nullable List<LogStatus> logs,
      Set<String> expired,
      Instant now) {
    String uid = cluster.getMetadata().getUid();
    filling.note(uid, volume.storage(), now);
    Optional<Duration> full = filling.full(uid, volume.storage(), now);
    List<String> names = logs == null ? List.of() : logs.stream().map(LogStatus::name).toList();
    RetentionLimits limits = RetentionLimits.of(cluster.getSpec(), names, expired);
    metrics.tell(cluster, limits, full);
    return limits.warning(volume, full);
  }

  /** Forgets all clusters but those that are there. */
  public void keep(Collection<String> uids) {
    filling.keep(uids);
    metrics.keep(uids);
    totals.keep(uids);
    last.keySet().retainAll(Set.copyOf(uids));
  }

  private boolean isDue(DislogCluster cluster, Last present) {
    Last before = last.get(cluster.getMetadata().getUid());
    return before == null
        || before.generation() != present.generation()
        || !before.ready().equals(present.ready())
        || before.at().plus(PAUSE).isBefore(present.at());
  }

  private static Optional<String> pressureRelief(Optional<Volume> fullest, List<NodeClient> ready) {
    if (!fullest.map(Volume::isUnderPressure).orElse(false)) {
      return Optional.empty();
    }
    Volume volume = fullest.get();
    String why = "no node that could make room answers";
    for (NodeClient node : ready) {
      try {
        return Optional.of(PressureRelief.of(volume, node).message());
      } catch (NodeException e) {
        why = e.why();
      }
    }
    return Optional.of("%s; %s".formatted(volume, why));
  }

  private static @Nullable List<LogStatus> logs(List<NodeClient> ready) {
    for (NodeClient node : ready) {
      try {
        return node.logs();
      } catch (NodeException e) {
        // Another one may know.
      }
    }
    return null;
  }

  /** When all was in force, and for whom. */
  private record Last(long generation, List<String> ready, Instant at) {}
}
