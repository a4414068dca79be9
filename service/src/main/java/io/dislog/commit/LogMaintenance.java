package io.dislog.commit;

import io.dislog.command.Command;
import io.dislog.retention.SegmentPlan;
import io.dislog.shard.LogView;
import io.dislog.shard.RetentionRun;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the logs to their limits while nobody asks: seals segments for their age, runs retention,
 * deletes logs whose time has passed, and looks what memory they take. Has one thread of its own;
 * safe for use by many.
 */
public final class LogMaintenance implements AutoCloseable {

  private static final System.Logger LOGGER = System.getLogger(LogMaintenance.class.getName());
  private static final Duration SEALING_INTERVAL = Duration.ofSeconds(1);
  private static final Duration EXPIRY_INTERVAL = Duration.ofMillis(500);
  private static final Duration BUDGET_INTERVAL = Duration.ofSeconds(1);

  /** A volume of 128 MiB that fills up at 10 MB/s is past a tenth of it in a second. */
  private static final Duration PRESSURE_INTERVAL = Duration.ofMillis(200);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("log-maintenance").factory());
  private final ClockWatch clockWatch = new ClockWatch();
  private final ForkWatch forks = new ForkWatch();
  private final StateBudget budget;
  private volatile Duration retentionInterval;
  private volatile @Nullable Instant lastRetention;
  private volatile long heldBackBytes;
  private @Nullable Commit commit;
  private @Nullable Future<?> retention;
  private volatile @Nullable PressureLadder ladder;

  /**
   * @param retentionInterval between two runs of retention
   * @param budget is to know what the logs take
   */
  public LogMaintenance(Duration retentionInterval, StateBudget budget) {
    this.retentionInterval = retentionInterval;
    this.budget = budget;
  }

  /**
   * Begins to keep the logs, which are recovered. Once.
   *
   * @param volumes that they are on
   * @param leavingBytes of this node's that were given up, and are not free yet
   * @param listener is told what goes for want of room
   */
  public synchronized void begin(
      Commit recovered, Volumes volumes, LongSupplier leavingBytes, CommitListener listener) {
    commit = recovered;
    PressureLadder begun =
        new PressureLadder(recovered, volumes, leavingBytes, () -> retain(recovered), listener);
    ladder = begun;
    var _ = every(PRESSURE_INTERVAL, begun::look);
    var _ = every(SEALING_INTERVAL, () -> sealAged(recovered));
    var _ = every(EXPIRY_INTERVAL, () -> expire(recovered));
    budget.look(recovered);
    var _ = every(BUDGET_INTERVAL, () -> budget.look(recovered));
    retention = every(retentionInterval, () -> retain(recovered));
  }

  /** Between two runs of retention. */
  public Duration retentionInterval() {
    return retentionInterval;
  }

  /** Changes the time between two runs of retention; the next one is so long from now. */
  public synchronized void retainEvery(Duration interval) {
    retentionInterval = interval;
    Commit recovered = commit;
    if (recovered != null && retention != null) {
      retention.cancel(false);
      retention = every(interval, () -> retain(recovered));
    }
  }

  /** When retention ran, or null where it did not yet. */
  public @Nullable Instant lastRetention() {
    return lastRetention;
  }

  /** Bytes that retention would have deleted in its last run, were they not held. */
  public long heldBackBytes() {
    return heldBackBytes;
  }

  /** The segments of a log that go before their limits take them, for want of room. */
  public List<SegmentPlan> early(String log) {
    PressureLadder begun = ladder;
    return begun == null ? List.of() : begun.early(log);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    timer.close();
  }

  private void expire(Commit commit) {
    for (LogView log : all(commit)) {
      if (!log.life().forks().isEmpty() && commit.decidesFor(log)) {
        forks.look(commit, log);
      }
      if (log.isExpired() && commit.decidesFor(log)) {
        commit.expire(log).whenComplete((gone, failure) -> warn(log, "to let it expire", failure));
      }
    }
  }

  private static void sealAged(Commit commit) {
    for (LogView log : all(commit)) {
      if (commit.decidesFor(log) && log.isAged()) {
        submit(commit, log, new Command.SealAged());
      }
    }
  }

  private void retain(Commit commit) {
    long heldBack = 0;
    for (LogView log : all(commit)) {
      clockWatch.look(log);
      if (commit.decidesFor(log)) {
        RetentionRun run = log.retention();
        heldBack += run.plan().heldBackBytes();
        if (run.isDue()) {
          submit(commit, log, run.command());
        }
      }
    }
    heldBackBytes = heldBack;
    lastRetention = Instant.now();
  }

  private static Iterable<LogView> all(Commit commit) {
    return commit.logs("", null, Integer.MAX_VALUE);
  }

  private static <R> void submit(Commit commit, LogView log, Command<R> command) {
    commit.submit(log, command).whenComplete((done, failure) -> warn(log, command, failure));
  }

  private static void warn(LogView log, Object what, @Nullable Throwable failure) {
    if (failure != null && log.failure() == null && !log.deleted()) {
      LOGGER.log(Level.WARNING, "log {0}: {1} failed: {2}", log.name(), what, failure);
    }
  }

  private Future<?> every(Duration interval, Runnable work) {
    long nanos = interval.toNanos();
    return timer.scheduleWithFixedDelay(() -> runSafely(work), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private static void runSafely(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      // A timer ends with the first exception that it sees; the logs are to be kept all the same.
      LOGGER.log(Level.ERROR, "maintenance failed, and will be tried again", e);
    }
  }
}
