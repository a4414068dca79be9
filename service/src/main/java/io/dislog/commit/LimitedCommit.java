package io.dislog.commit;

import io.dislog.command.Command;
import io.dislog.command.Creation;
import io.dislog.command.LogSettings;
import io.dislog.command.Rejection;
import io.dislog.command.SettingsPatch;
import io.dislog.shard.LogView;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Commits what clients ask, but for what would have logs keep more beside their records than the
 * service can hold, and shows no log whose time has passed. Safe for use by many threads.
 *
 * <p>Refused is before anything is agreed on with other nodes, so that these need not have the same
 * limits; what is under way at the same time may pass a limit together.
 *
 * @param commit that does it
 */
public record LimitedCommit(Commit commit, StateBudget budget) implements Commit {

  @Override
  public CompletionStage<Boolean> create(String name, Creation creation) {
    return ifThereIsRoom(name, () -> commit.create(name, creation));
  }

  /** Makes a log, unless it is new and there are too many. */
  private CompletionStage<Boolean> ifThereIsRoom(
      String name, Supplier<CompletionStage<Boolean>> making) {
    String surplus = logs();
    return surplus == null || has(name)
        ? making.get()
        : CompletableFuture.failedStage(new Rejection.LimitReached(surplus));
  }

  private @Nullable String logs() {
    if (budget.isSpent()) {
      return "no log can be created " + budget.wayOut();
    }
    return commit.logs("", null, budget.limits().logs()).size() < budget.limits().logs()
        ? null
        : "the service has %d logs, as many as dislog.logs.max allows; delete one, or raise it"
            .formatted(budget.limits().logs());
  }

  private boolean has(String name) {
    try {
      return commit.log(name).name().equals(name);
    } catch (Rejection.UnknownLog e) {
      return false;
    }
  }

  private boolean isRetired(String name) {
    try {
      return commit.held(name).life().retired();
    } catch (Rejection e) {
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
              Command.DeleteConsumer _,
              Command.Close _,
              Command.Use _,
              Command.Fork _,
              Command.Unfork _,
              Command.Retire _,
              Command.Inherit _,
              Command.Publish _ ->
              null;
        };
    return surplus == null
        ? commit.submit(log, command)
        : CompletableFuture.failedStage(new Rejection.LimitReached(surplus));
  }

  private @Nullable String segments(LogView log) {
    int segments = log.extent().segments();
    if (segments < budget.limits().segmentsPerLog()) {
      return null;
    }
    return budget.isSpent()
        ? "log '%s' has %d segments, and takes no more of them ".formatted(log.name(), segments)
            + budget.wayOut()
        : "log '%s' has %d segments, as many as dislog.segments.max-per-log allows; trim it, and have it seal fewer by a larger segment.maxBytes"
            .formatted(log.name(), segments);
  }

  private @Nullable String consumers(LogView log, String consumer) {
    int consumers = log.consumerCount();
    if (consumers < budget.limits().consumersPerLog() || log.consumer(consumer) != null) {
      return null;
    }
    return budget.isSpent()
        ? "log '%s' has %d consumers, and takes no more of them ".formatted(log.name(), consumers)
            + budget.wayOut()
        : "log '%s' has %d consumers, as many as dislog.consumers.max-per-log allows; delete one, or raise it"
            .formatted(log.name(), consumers);
  }

  @Override
  public CompletionStage<Boolean> fork(LogView source, String name, Creation creation) {
    return ifThereIsRoom(name, () -> commit.fork(source, name, creation));
  }

  @Override
  public CompletionStage<Void> delete(String name) {
    return isRetired(name)
        ? CompletableFuture.failedStage(new Rejection.LogRetired(name))
        : commit.delete(name);
  }

  @Override
  public CompletionStage<Boolean> expire(LogView log) {
    return commit.expire(log);
  }

  @Override
  public boolean decidesFor(LogView log) {
    return commit.decidesFor(log);
  }

  @Override
  public LogView log(String name) {
    LogView log = commit.log(name);
    if (log.isExpired() || log.life().staged()) {
      throw new Rejection.UnknownLog(name);
    }
    if (log.life().retired()) {
      throw new Rejection.LogRetired(name);
    }
    return log;
  }

  @Override
  public LogView held(String name) {
    return commit.held(name);
  }

  @Override
  public List<LogView> logs(String prefix, @Nullable String after, int limit) {
    List<LogView> found = commit.logs(prefix, after, limit);
    if (found.stream().allMatch(LimitedCommit::isShown)) {
      return found;
    }
    return commit.logs(prefix, after, Integer.MAX_VALUE).stream()
        .filter(LimitedCommit::isShown)
        .limit(limit)
        .toList();
  }

  private static boolean isShown(LogView log) {
    return !log.isExpired() && !log.life().staged() && !log.life().retired();
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
