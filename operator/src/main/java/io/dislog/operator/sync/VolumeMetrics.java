package io.dislog.operator.sync;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.node.RetentionLimits;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Tells of each cluster how much the limits of its logs allow, and when its fullest volume is full.
 * Used by many threads at once, by one at a time for each cluster.
 */
final class VolumeMetrics {

  private final MeterRegistry registry;
  private final Map<String, Gauges> clusters = new ConcurrentHashMap<>();

  VolumeMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void tell(DislogCluster cluster, RetentionLimits limits, Optional<Duration> full) {
    Gauges gauges =
        clusters.computeIfAbsent(cluster.getMetadata().getUid(), _ -> register(cluster));
    gauges.limits().set(limits.bytes());
    gauges.full().set(full.map(after -> (double) after.toSeconds()).orElse(Double.NaN));
  }

  private Gauges register(DislogCluster cluster) {
    Tags tags =
        Tags.of(
            "namespace", cluster.getMetadata().getNamespace(),
            "cluster", cluster.getMetadata().getName());
    AtomicLong limits = new AtomicLong();
    AtomicReference<Double> full = new AtomicReference<>(Double.NaN);
    Meter limitsMeter =
        Gauge.builder("dislog.cluster.retention.limits", limits, AtomicLong::doubleValue)
            .description("What retention.maxBytes of all logs together allows on one node")
            .baseUnit("bytes")
            .tags(tags)
            .register(registry);
    Meter fullMeter =
        Gauge.builder("dislog.cluster.volume.full", () -> full.get())
            .description(
                "Time until the fullest volume is full at today's rate; NaN if it does not fill")
            .baseUnit("seconds")
            .tags(tags)
            .register(registry);
    return new Gauges(limits, full, List.of(limitsMeter, fullMeter));
  }

  /** Forgets all clusters but those that are there. */
  void keep(Collection<String> uids) {
    for (String uid : List.copyOf(clusters.keySet())) {
      Gauges gone = uids.contains(uid) ? null : clusters.remove(uid);
      if (gone != null) {
        gone.meters().forEach(registry::remove);
      }
    }
  }

  private record Gauges(AtomicLong limits, AtomicReference<Double> full, List<Meter> meters) {}
}
