package io.dislog.operator.sync;

import io.dislog.api.NodeReport;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.node.NodeException;
import io.dislog.operator.node.Nodes;
import io.dislog.operator.node.Volume;
import io.dislog.operator.observation.Observation;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks nodes how full their volumes are, and has a cluster looked at at once where one comes under
 * pressure, or out of it. A cluster is asked the more often the sooner one of its volumes could be
 * nearly full; the API server is asked for nothing. Used by many threads.
 */
public final class VolumeWatch extends AbstractEventSource<Void, DislogCluster> {

  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofSeconds(30);
  private static final Duration TICK = Duration.ofMillis(250);

  /** No volume is taken to fill up faster. */
  private static final long BYTES_A_SECOND = 256L << 20;

  private static final int NEARLY_FULL_PERCENT = 90;

  private final Nodes nodes;
  private final Map<ResourceID, Watched> clusters = new ConcurrentHashMap<>();
  private @Nullable ScheduledExecutorService timer;
  private @Nullable ExecutorService askers;

  public VolumeWatch(Nodes nodes) {
    super(Void.class, "volumes");
    this.nodes = nodes;
  }

  /** Watches a cluster from now on as it was just seen. */
  public void follow(Observation seen) {
    Collection<NodeReport> reports = seen.reports().values();
    clusters.put(
        ResourceID.fromResource(seen.cluster()),
        new Watched(
            seen.cluster(),
            seen.answeringNodes(),
            isUnderPressure(reports),
            System.nanoTime() + pause(reports).toNanos()));
  }

  /** Forgets all clusters but those that are there. */
  public void keep(Collection<String> uids) {
    clusters.values().removeIf(watched -> !uids.contains(watched.cluster().getMetadata().getUid()));
  }

  @Override
  public synchronized void start() {
    super.start();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("volume-watch").daemon().factory());
    askers = threads;
    timer = ticks;
    var _ =
        ticks.scheduleWithFixedDelay(
            () -> look(threads), TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void stop() {
    super.stop();
    if (timer != null && askers != null) {
      timer.shutdownNow();
      askers.shutdownNow();
    }
  }

  @Override
  public Set<Void> getSecondaryResources(DislogCluster cluster) {
    return Set.of();
  }

  private void look(ExecutorService threads) {
    long now = System.nanoTime();
    clusters.forEach((id, watched) -> {
      // Not asked again while it is asked: one that gives no answer takes seconds.
      Watched asked = watched.until(now + MOST.toNanos());
      if (watched.dueAt() - now <= 0 && clusters.replace(id, watched, asked)) {
        threads.execute(() -> ask(id, asked, threads));
      }
    });
  }

  private void ask(ResourceID id, Watched watched, ExecutorService threads) {
    List<CompletableFuture<Stream<NodeReport>>> asked =
        watched.nodes().stream()
            .map(node -> CompletableFuture.supplyAsync(() -> report(watched, node), threads))
            .toList();
    List<NodeReport> reports = asked.stream().flatMap(CompletableFuture::join).toList();
    boolean allAnswered = reports.size() == watched.nodes().size();
    long dueAt = System.nanoTime() + (allAnswered ? pause(reports) : LEAST).toNanos();
    // What a reconciliation has put there meanwhile is newer, and stays.
    clusters.replace(id, watched, watched.until(dueAt));
    if (!reports.isEmpty() && isUnderPressure(reports) != watched.pressed() && isRunning()) {
      getEventHandler().handleEvent(new Event(id));
    }
  }

  private Stream<NodeReport> report(Watched watched, int node) {
    try {
      return Stream.of(nodes.of(watched.cluster(), node).report());
    } catch (NodeException e) {
      return Stream.empty(); // The next reconciliation says so.
    }
  }

  private static boolean isUnderPressure(Collection<NodeReport> reports) {
    return Volume.fullest(reports).map(Volume::isUnderPressure).orElse(false);
  }

  /** Until one of the volumes could be nearly full. */
  static Duration pause(Collection<NodeReport> reports) {
    Duration pause = MOST;
    for (NodeReport report : reports) {
      NodeReport.Storage storage = report.storage();
      if (storage != null) {
        long left = storage.capacityBytes() / 100 * NEARLY_FULL_PERCENT - storage.usedBytes();
        Duration soonest = Duration.ofMillis(Math.max(0, left) * 1000 / BYTES_A_SECOND);
        pause = soonest.compareTo(pause) < 0 ? soonest : pause;
      }
    }
    return pause.compareTo(LEAST) < 0 ? LEAST : pause;
  }

  /**
   * A cluster as it was last seen.
   *
   * @param nodes that answered, by ordinals
   * @param pressed whether it was under pressure
   * @param dueAt when it is asked again, in nanoseconds
   */
  private record Watched(DislogCluster cluster, List<Integer> nodes, boolean pressed, long dueAt) {
    Watched until(long nanos) {
      return new Watched(cluster, nodes, pressed, nanos);
    }
  }
}
