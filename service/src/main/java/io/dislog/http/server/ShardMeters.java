package io.dislog.http.server;

import io.dislog.commit.Cluster;
import io.dislog.commit.Cluster.ShardStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What is shown of each shard as this node sees it; safe for use by many threads. */
final class ShardMeters {

  /** So that one scrape, which asks for each number by itself, looks at the shards once. */
  private static final long FRESH_NANOS = Duration.ofMillis(200).toNanos();

  private final Cluster cluster;
  private volatile Look look;

  private ShardMeters(Cluster cluster) {
    this.cluster = cluster;
    this.look = new Look(cluster.shards(), System.nanoTime());
  }

  /** Shows a number of shards from now on, whose ids are from 0 on. */
  static void register(Cluster cluster, int shards, MeterRegistry registry) {
    ShardMeters meters = new ShardMeters(cluster);
    for (int id = 0; id < shards; id++) {
      meters.register(id, registry);
    }
  }

  private void register(int id, MeterRegistry registry) {
    gauge(
        id,
        "leader",
        "1 where this node leads the shard, else 0",
        registry,
        shard -> cluster.self().equals(shard.leader()) ? 1 : 0);
    gauge(id, "term", "The term of the shard's leader", registry, ShardStatus::term);
    gauge(
        id,
        "committed.index",
        "The last entry known to be committed",
        registry,
        shard -> shard.committed());
    gauge(
        id,
        "applied.index",
        "The last entry that this node shows",
        registry,
        shard -> shard.applied());
    gauge(
        id,
        "apply.lag",
        "Entries that are committed and not shown yet",
        registry,
        shard -> Math.max(0, shard.committed() - shard.applied()));
    gauge(
        id,
        "damaged.logs",
        "Logs that this node can't serve whole",
        registry,
        ShardStatus::damagedLogs);
    FunctionCounter.builder(
            "dislog.shard.healed.logs", this, of -> of.value(id, ShardStatus::healedLogs))
        .description("Damaged logs that this node took over from others")
        .tags(tag(id))
        .register(registry);
    FunctionCounter.builder(
            "dislog.shard.elections", this, of -> of.value(id, ShardStatus::elections))
        .description("Elections that this node saw")
        .tags(tag(id))
        .register(registry);
    FunctionCounter.builder(
            "dislog.shard.fetched", this, of -> of.value(id, ShardStatus::fetchedBytes))
        .description("Bytes that this node fetched from others to catch up, or to heal logs")
        .baseUnit("bytes")
        .tags(tag(id))
        .register(registry);
  }

  private void gauge(
      int id,
      String name,
      String description,
      MeterRegistry registry,
      ToDoubleFunction<ShardStatus> number) {
    Gauge.builder("dislog.shard." + name, this, of -> of.value(id, number))
        .description(description)
        .tags(tag(id))
        .register(registry);
  }

  private static Tags tag(int id) {
    return Tags.of("shard", Integer.toString(id));
  }

  /** A number of one shard, or 0 where this node has no part in it. */
  private double value(int id, ToDoubleFunction<ShardStatus> number) {
    Look last = look;
    if (System.nanoTime() - last.at() > FRESH_NANOS) {
      last = new Look(cluster.shards(), System.nanoTime());
      look = last;
    }
    return id < last.shards().size() ? number.applyAsDouble(last.shards().get(id)) : 0;
  }

  private record Look(List<ShardStatus> shards, long at) {}
}
