package io.dislog.http.server;

import io.dislog.api.Reason;
import io.dislog.commit.Cluster;
import io.dislog.commit.CommitListener;
import io.dislog.retention.SegmentPlan;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What is counted of commits and retention; safe for use by many threads, and never blocks. */
@Singleton
public final class CommitMeters implements CommitListener {

  private static final Duration[] LATENCIES = {
    Duration.ofNanos(100_000),
    Duration.ofNanos(250_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofNanos(2_500_000),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry registry;
  private final Counter records;
  private final Counter bytes;
  private final DistributionSummary recordsPerBatch;
  private final DistributionSummary commandsPerGroup;
  private final Timer appendLatency;
  private final Timer forceLatency;
  private final Counter retentionRuns;
  private final Counter reclaimedBytes;
  private final Map<Reason, Counter> deletedSegments = new HashMap<>();

  @Inject
  CommitMeters(MeterRegistry registry) {
    this.registry = registry;
    records = counter("dislog.append.records", "Records appended");
    bytes =
        Counter.builder("dislog.append.bytes")
            .description("Bytes of values, keys and headers appended")
            .baseUnit("bytes")
            .register(registry);
    recordsPerBatch =
        summary("dislog.append.batch.records", "Records in each append", 1, 10, 100, 1000, 10_000);
    commandsPerGroup =
        summary(
            "dislog.commit.group.commands", "Commands committed together", 1, 2, 4, 8, 16, 64, 256);
    appendLatency =
        timer("dislog.append.latency", "From an append's body being there to its answer");
    forceLatency = timer("dislog.force.latency", "Writing and forcing what is committed together");
    retentionRuns = counter("dislog.retention.runs", "Runs of retention on a log");
    reclaimedBytes =
        Counter.builder("dislog.retention.reclaimed.bytes")
            .description("Bytes of the segments that retention deleted")
            .register(registry);
    for (Reason reason : Reason.KNOWN) {
      deletedSegments.put(
          reason,
          Counter.builder("dislog.retention.deleted.segments")
              .description("Segments that retention deleted, by the first rule that asked for it")
              .tag("reason", reason.word())
              .register(registry));
    }
  }

  /** Shows what the service's logs have, from now on. */
  void observe(Service service) {
    Gauge.builder("dislog.logs", service, LogTotals::logs).description("Logs").register(registry);
    Gauge.builder("dislog.segments", service, LogTotals::segments)
        .description("Segments of all logs")
        .register(registry);
    Gauge.builder("dislog.log.size", service, LogTotals::bytes)
        .description("Bytes of all logs' stores and indexes")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("dislog.state.size", service, LogTotals::stateBytes)
        .description("Memory that all logs take beside their records, by estimate")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("dislog.retention.held.back", service, Service::heldBackBytes)
        .description("Bytes that retention would have deleted in its last run, were they not held")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("dislog.log.clock.ahead", service, LogTotals::clockAheadSeconds)
        .description("How far the newest record of any log is dated ahead of the clock")
        .baseUnit("seconds")
        .register(registry);
    StorageMeters.register(service, registry);
  }

  /** Shows the shards that this node has a part in, from now on. */
  void observe(Cluster cluster, int shards) {
    ShardMeters.register(cluster, shards, registry);
  }

  /** An append was answered. */
  public void answered(long nanos) {
    appendLatency.record(Duration.ofNanos(nanos));
  }

  @Override
  public void appended(int count, long size) {
    records.increment(count);
    bytes.increment((double) size);
    recordsPerBatch.record(count);
  }

  @Override
  public void committed(int commands, long nanos) {
    commandsPerGroup.record(commands);
    forceLatency.record(Duration.ofNanos(nanos));
  }

  @Override
  public void retentionRan() {
    retentionRuns.increment();
  }

  @Override
  public void deleted(SegmentPlan segment) {
    reclaimedBytes.increment((double) segment.bytes());
    Counter counter =
        segment.because().isEmpty() ? null : deletedSegments.get(segment.because().getFirst());
    if (counter != null) {
      counter.increment();
    }
  }

  /** Segments that retention deleted since the start. */
  public long deletedSegments() {
    return (long) deletedSegments.values().stream().mapToDouble(Counter::count).sum();
  }

  /** Bytes of those. */
  public long reclaimedBytes() {
    return (long) reclaimedBytes.count();
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  private DistributionSummary summary(String name, String description, double... buckets) {
    return DistributionSummary.builder(name)
        .description(description)
        .serviceLevelObjectives(buckets)
        .register(registry);
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(LATENCIES)
        .register(registry);
  }
}
