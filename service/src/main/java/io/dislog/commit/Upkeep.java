package io.dislog.commit;

import io.dislog.shard.Command;
import io.dislog.shard.NamedLog;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the logs to their limits while nobody asks: seals segments for their age, and runs
 * retention. Has one thread of its own.
 */
public final class Upkeep implements AutoCloseable {

  private static final System.Logger LOGGER = System.getLogger(Upkeep.class.getName());
  private static final Duration SEALING_INTERVAL = Duration.ofSeconds(1);

  private final Commit commit;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("upkeep").factory());

  /**
   * Begins to keep the logs.
   *
   * @param retentionInterval between two runs of retention
   */
  public Upkeep(Commit commit, Duration retentionInterval) {
    this.commit = commit;
    every(SEALING_INTERVAL, this::sealAged);
    every(retentionInterval, this::retain);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    timer.close();
  }

  private void sealAged() {
    for (NamedLog log : all()) {
      if (commit.decidesFor(log) && log.isAged()) {
        submit(log, new Command.SealAged());
      }
    }
  }

  private void retain() {
    for (NamedLog log : all()) {
      if (commit.decidesFor(log) && log.retentionIsDue()) {
        submit(log, new Command.Retain());
      }
    }
  }

  private Iterable<NamedLog> all() {
    return commit.logs("", null, Integer.MAX_VALUE);
  }

  private <R> void submit(NamedLog log, Command<R> command) {
    commit
        .submit(log, command)
        .whenComplete((done, failure) -> {
          if (failure != null && log.failure() == null && !log.deleted()) {
            LOGGER.log(Level.WARNING, "log {0}: {1} failed: {2}", log.name(), command, failure);
          }
        });
  }

  private void every(Duration interval, Runnable work) {
    long nanos = interval.toNanos();
    var _ = timer.scheduleWithFixedDelay(() -> runSafely(work), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private static void runSafely(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      // A timer ends with the first exception that it sees; the logs are to be kept all the same.
      LOGGER.log(Level.ERROR, "upkeep failed, and will be tried again", e);
    }
  }
}
