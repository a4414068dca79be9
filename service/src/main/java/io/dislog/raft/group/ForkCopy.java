package io.dislog.raft.group;

import io.dislog.command.Command.Publish;
import io.dislog.command.Creation;
import io.dislog.command.Failure;
import io.dislog.command.ForkPoint;
import io.dislog.command.Rejection;
import io.dislog.commit.Commit;
import io.dislog.shard.Inheritance;
import io.dislog.shard.LogView;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Makes a fork in another shard than its source's, whose replicas can't have the source's files at
 * the same entry: the log is created hidden, filled with the source's records by the node that
 * leads it, and then shown. Has a thread of its own.
 *
 * @param source whose records are published here, as far as the fork is to have them
 */
record ForkCopy(Commit commit, LogView source, String name, Creation creation) {

  /** Ends with whether the fork was created. */
  CompletionStage<Boolean> begin() {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        done.complete(run());
      } catch (IOException | RuntimeException e) {
        done.completeExceptionally(Failure.cause(e));
      }
    });
    return done;
  }

  private boolean run() throws IOException {
    ForkPoint point = creation.newTraits().fork();
    long end = point == null ? 0 : point.offset();
    long begin = Math.min(end, source.extent().earliestOffset());
    Creation hidden =
        new Creation(creation.own(), creation.traits(), creation.closed(), List.of(), begin);
    boolean created = await(commit.create(name, hidden));
    if (created) {
      fillOrGiveUp(commit.log(name), begin, end);
    }
    return created;
  }

  private void fillOrGiveUp(LogView fork, long begin, long end) throws IOException {
    try {
      fill(fork, begin, end);
    } catch (CompletionException e) {
      if (e.getCause() instanceof Rejection.UnknownLog) {
        throw new Rejection.NoLeader(
            "the fork '%s' was begun once more meanwhile, by another leader".formatted(name));
      }
      throw e;
    }
  }

  private void fill(LogView fork, long begin, long end) throws IOException {
    Inheritance.read(
        source, begin, end, batches -> batches.forEach(batch -> await(commit.submit(fork, batch))));
    if (!creation.content().isEmpty()) {
      await(commit.submit(fork, creation.firstBatch()));
    }
    await(commit.submit(fork, new Publish()));
  }

  private static <R> R await(CompletionStage<R> stage) {
    return stage.toCompletableFuture().join();
  }
}
