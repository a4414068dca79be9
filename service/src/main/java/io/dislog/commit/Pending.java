package io.dislog.commit;

import io.dislog.commit.LogQueue.Ended;
import io.dislog.log.LogFailedException;
import io.dislog.shard.Command;
import io.dislog.shard.LogWriter;
import io.dislog.shard.LogWriter.Answer;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A command that waits for its round, and whoever waits for its answer. For the log's one writing
 * thread.
 */
final class Pending<R> {

  private final Command<R> command;
  private final CompletableFuture<R> waiting = new CompletableFuture<>();
  private @Nullable Answer<R> answer;
  private @Nullable Exception refusal;

  Pending(Command<R> command) {
    this.command = command;
  }

  Command<R> command() {
    return command;
  }

  CompletableFuture<R> future() {
    return waiting;
  }

  /** Applies the command; a refusal is kept for the round's end, for it tells of state in it. */
  void apply(LogWriter writer) throws IOException {
    answer = null;
    refusal = null;
    try {
      answer = writer.apply(command);
    } catch (RuntimeException | LogFailedException e) {
      refusal = e;
    }
  }

  /** Finds the answer, the round having been published. */
  Ended conclude(CommitListener listener) {
    Answer<R> given = answer;
    if (given == null) {
      Exception why = refusal == null ? new IllegalStateException("was never applied") : refusal;
      return () -> waiting.completeExceptionally(why);
    }
    try {
      R result = given.get();
      report(result, listener);
      return () -> waiting.complete(result);
    } catch (IOException | RuntimeException e) {
      return () -> waiting.completeExceptionally(e);
    }
  }

  private void report(R result, CommitListener listener) {
    if (command instanceof Command.Append append
        && result instanceof Command.Appended appended
        && !appended.duplicate()) {
      listener.appended(appended.count(), append.size());
    } else if (result instanceof Command.Retained retained) {
      listener.retentionRan();
      retained.segments().forEach(listener::deleted);
    }
  }

  void fail(Throwable why) {
    waiting.completeExceptionally(why);
  }
}
