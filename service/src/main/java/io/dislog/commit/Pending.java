package io.dislog.commit;

import io.dislog.command.Command;
import io.dislog.log.LogFailedException;
import io.dislog.shard.LogWriter;
import io.dislog.shard.LogWriter.Answer;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A command that waits for its round, and whoever waits for its answer. For the log's one writing
 * thread.
 */
public final class Pending<R> {

  private final Command<R> command;
  private final CompletableFuture<R> waiting;
  private @Nullable Answer<R> answer;
  private @Nullable Exception refusal;
  private @Nullable IOException diskFailure;

  Pending(Command<R> command) {
    this(command, new CompletableFuture<>());
  }

  /**
   * @param waiting is completed with the answer
   */
  public Pending(Command<R> command, CompletableFuture<R> waiting) {
    this.command = command;
    this.waiting = waiting;
  }

  public Command<R> command() {
    return command;
  }

  CompletableFuture<R> future() {
    return waiting;
  }

  /** Applies the command; a refusal is kept for the round's end, for it tells of state in it. */
  public void apply(LogWriter writer) throws IOException {
    answer = null;
    refusal = null;
    try {
      answer = writer.apply(command);
    } catch (RuntimeException | LogFailedException e) {
      refusal = e;
    }
  }

  /** Finds the answer, the round having been published. */
  public Ended conclude(CommitListener listener) {
    Answer<R> given = answer;
    if (given == null) {
      Exception why = refusal == null ? new IllegalStateException("was never applied") : refusal;
      return () -> waiting.completeExceptionally(why);
    }
    try {
      R result = given.conclude();
      listener.answered(command, result);
      return () -> waiting.complete(result);
    } catch (IOException e) {
      diskFailure = e;
      return () -> waiting.completeExceptionally(e);
    } catch (RuntimeException e) {
      return () -> waiting.completeExceptionally(e);
    }
  }

  /** Why the disk did not let the answer be found, or null. */
  public @Nullable IOException diskFailure() {
    return diskFailure;
  }

  void fail(Throwable why) {
    waiting.completeExceptionally(why);
  }

  /** How a command ended, for whoever waits. */
  @FunctionalInterface
  public interface Ended {
    void tell();
  }
}
