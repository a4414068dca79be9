package io.dislog.commit;

import io.dislog.command.Command;
import io.dislog.commit.EarlyRetention.Candidate;
import io.dislog.commit.EarlyRetention.Going;
import io.dislog.retention.SegmentPlan;
import io.dislog.shard.LogView;
import io.dislog.shard.Storage;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Makes room before a volume is full, the less is free the harder. For one thread, but for what is
 * asked of it.
 *
 * <ol>
 *   <li>Under 20 % of any replica's volume retention looks each second.
 *   <li>Under 10 % it takes what a limit takes next anyway, until a tenth is free.
 *   <li>At the reserve appends are refused, which {@link io.dislog.shard.DiskReserve} does.
 * </ol>
 *
 * <p>Each node makes the same choice out of all logs, and carries out what it decides for.
 */
final class PressureLadder {

  private static final System.Logger LOGGER = System.getLogger(PressureLadder.class.getName());
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** After segments went, for all nodes to say how much is free since. */
  private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** What the slowest node is given to delete a MiB of them, which is 250 MiB a second. */
  private static final long NANOS_PER_MIB = TimeUnit.MILLISECONDS.toNanos(4);

  private final Commit commit;
  private final Volumes volumes;
  private final LongSupplier leavingBytes;
  private final Runnable retention;
  private final CommitListener listener;
  private volatile Map<String, List<Going>> early = Map.of();
  private CompletableFuture<Void> underWay = CompletableFuture.completedFuture(null);
  private volatile long lastRun = System.nanoTime() - LOOK_NANOS;
  private volatile long lastRelief = System.nanoTime() - SETTLE_NANOS;
  private long settleNanos = SETTLE_NANOS;

  /**
   * @param leavingBytes of this node's volume that were given up, and are not free yet
   * @param retention runs retention on all logs
   * @param listener is told what went early
   */
  PressureLadder(
      Commit commit,
      Volumes volumes,
      LongSupplier leavingBytes,
      Runnable retention,
      CommitListener listener) {
    this.commit = commit;
    this.volumes = volumes;
    this.leavingBytes = leavingBytes;
    this.retention = retention;
    this.listener = listener;
  }

  /** Looks how full the volumes are; called several times a second. */
  void look() {
    volumes.look();
    List<Storage> all = volumes.all();
    if (all.stream().anyMatch(Storage::isWatched) && isPast(lastRun, LOOK_NANOS)) {
      lastRun = System.nanoTime();
      retention.run();
    }
    long wanted = all.stream().mapToLong(Storage::shortBytes).max().orElse(0);
    long missing = wanted - leavingBytes.getAsLong();
    if (wanted == 0) {
      early = Map.of();
    } else if (missing > 0 && underWay.isDone() && isPast(lastRelief, settleNanos)) {
      relieve(missing);
    }
  }

  /** What of a log goes early, as it was last chosen. */
  List<SegmentPlan> early(String log) {
    return early.getOrDefault(log, List.of()).stream().map(Going::plan).toList();
  }

  private void relieve(long wanted) {
    List<LogView> logs = commit.logs("", null, Integer.MAX_VALUE);
    Map<String, List<Going>> chosen =
        EarlyRetention.choose(
            logs.stream()
                .map(log ->
                    new Candidate(
                        log.name(),
                        log.segments(),
                        log.plan().segments(),
                        log.config().retention().maxBytes()))
                .toList(),
            wanted);
    early = chosen;
    List<CompletableFuture<?>> trims = new ArrayList<>();
    for (LogView log : logs) {
      List<Going> going = chosen.getOrDefault(log.name(), List.of());
      if (going.stream().anyMatch(each -> !each.isDue()) && commit.decidesFor(log)) {
        trims.add(trim(log, going));
      }
    }
    settleNanos = SETTLE_NANOS + (bytes(chosen) >> 20) * NANOS_PER_MIB;
    underWay =
        CompletableFuture.allOf(trims.toArray(CompletableFuture[]::new))
            .handle((done, failure) -> {
              lastRelief = System.nanoTime();
              return null;
            });
  }

  private static long bytes(Map<String, List<Going>> chosen) {
    return chosen.values().stream()
        .flatMap(List::stream)
        .mapToLong(going -> going.plan().bytes())
        .sum();
  }

  private CompletableFuture<?> trim(LogView log, List<Going> going) {
    long before = going.getLast().plan().endOffset();
    return commit
        .submit(log, new Command.Trim(before))
        .toCompletableFuture()
        .whenComplete((done, failure) -> {
          if (failure == null) {
            listener.retentionRan();
            going.stream()
                .filter(each -> !each.isDue())
                .forEach(each -> listener.deleted(each.plan()));
          } else if (log.failure() == null && !log.deleted()) {
            LOGGER.log(
                Level.WARNING, "log {0}: making room failed: {1}", log.name(), failure.toString());
          }
        });
  }

  private static boolean isPast(long then, long nanos) {
    return System.nanoTime() - then >= nanos;
  }
}
