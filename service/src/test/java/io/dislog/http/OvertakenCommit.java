package io.dislog.http;

import io.dislog.command.Command;
import io.dislog.command.Creation;
import io.dislog.command.LogSettings;
import io.dislog.command.Rejection;
import io.dislog.command.SettingsPatch;
import io.dislog.commit.Commit;
import io.dislog.shard.LogView;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Carries nothing out where another node took over when this one was about to. */
record OvertakenCommit(Commit commit, FakeCluster cluster) implements Commit {

  @Override
  public CompletionStage<Boolean> create(String name, Creation creation) {
    return cluster.isOvertaken() ? refused() : commit.create(name, creation);
  }

  @Override
  public CompletionStage<Boolean> fork(LogView source, String name, Creation creation) {
    return cluster.isOvertaken() ? refused() : commit.fork(source, name, creation);
  }

  @Override
  public CompletionStage<Void> delete(String name) {
    return cluster.isOvertaken() ? refused() : commit.delete(name);
  }

  @Override
  public CompletionStage<Boolean> expire(LogView log) {
    return cluster.isOvertaken() ? refused() : commit.expire(log);
  }

  @Override
  public <R> CompletionStage<R> submit(LogView log, Command<R> command) {
    return cluster.isOvertaken() ? refused() : commit.submit(log, command);
  }

  @Override
  public CompletionStage<Void> changeDefaults(SettingsPatch patch) {
    return cluster.isOvertaken() ? refused() : commit.changeDefaults(patch);
  }

  private static <R> CompletionStage<R> refused() {
    return CompletableFuture.failedStage(new Rejection.NoLeader("another leads", true));
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
}
