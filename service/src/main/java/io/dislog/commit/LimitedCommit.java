package io.dislog.commit;

import io.dislog.command.Command;
import io.dislog.command.LogSettings;
import io.dislog.command.Rejection;
import io.dislog.command.SettingsPatch;
import io.dislog.shard.LogView;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Commits what clients ask, but for what would have logs keep more beside their records than the
 * service holds. Safe for use by many threads.
 *
 * <p>Refused is before anything is agreed on with other nodes, so that these need not have the same
 * limits; what is under way at the same time may pass a limit together.
 *
 * @param commit that does it
 */
public record LimitedCommit(Commit commit, StateLimits limits) implements Commit {

  @Override
  public CompletionStage<Boolean> create(String name, @Nullable LogSettings own) {
    return commit.logs("", null, limits.logs()).size() == limits.logs() && !has(name)
        ? CompletableFuture.failedStage(
            new Rejection.LimitReached(
                "the service has %d logs, as many as dislog.logs.max allows; delete one, or raise it"
                    .formatted(limits.logs())))
        : commit.create(name, own);
  }

  private boolean has(String name) {
    try {
      return commit.log(name).name().equals(name);
    } catch (Rejection.UnknownLog e) {
      return false;
    }
  }

  @Override
  public <R> CompletionStage<R> submit(LogView log, Command<R> command) {
    String surplus =
        switch (command) {
          case Command.Append _, Command.Seal _ -> segments(log);
          case Command.MoveConsumer move -> consumers(log, move.name());
          case Command.Configure _,
              Command.Trim _,
              Command.SealAged _,
              Command.ApplyRetention _,
              Command.DeleteConsumer _ ->
              null;
        };
    return surplus == null
        ? commit.submit(log, command)
        : CompletableFuture.failedStage(new Rejection.LimitReached(surplus));
  }

  private @Nullable String segments(LogView log) {
    return log.extent().segments() < limits.segmentsPerLog()
        ? null
        : "log '%s' has %d segments, as many as dislog.segments.max-per-log allows; trim it, and have it seal fewer by a larger segment.maxBytes"
            .formatted(log.name(), log.extent().segments());
  }

  private @Nullable String consumers(LogView log, String consumer) {
    return log.consumerCount() < limits.consumersPerLog() || log.consumer(consumer) != null
        ? null
        : "log '%s' has %d consumers, as many as dislog.consumers.max-per-log allows; delete one, or raise it"
            .formatted(log.name(), log.consumerCount());
  }

  @Override
  public CompletionStage<Void> delete(String name) {
    return commit.delete(name);
  }

  @Override
  public boolean decidesFor(LogView log) {
    return commit.decidesFor(log);
  }

  @Override
  public LogView log(String name) {
    return commit.log(name);
  }

  @Override
  public List<LogView> logs(String prefix, @Nullable String after, int limit) {
    return commit.logs(prefix, after, limit);
  }

  @Override
  public LogSettings defaults() {
    return commit.defaults();
  }

  @Override
  public LogSettings patchedDefaults() {
    return commit.patchedDefaults();
  }

  @Override
  public CompletionStage<Void> changeDefaults(SettingsPatch patch) {
    return commit.changeDefaults(patch);
  }
}
