package io.dislog.commit;

import io.dislog.command.Command;
import io.dislog.command.Creation;
import io.dislog.command.LogSettings;
import io.dislog.command.SettingsPatch;
import io.dislog.shard.LogView;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Commits commands to logs.
 *
 * <p>Safe for use by many threads. Stages end with the answer, or exceptionally with a {@link
 * io.dislog.command.Rejection}, an {@link io.dislog.log.OffsetOutOfRangeException}, an {@link
 * java.io.IOException} of {@code io.dislog.disk} (storage full, log failed), or another exception
 * where there is a bug. Stages may complete on a thread that must not be blocked for long.
 */
public interface Commit {

  /**
   * Creates a log, or finds it.
   *
   * @return whether it was created; ends with {@code LogConfigDiffers} where it exists, and not as
   *     it is to be
   */
  CompletionStage<Boolean> create(String name, Creation creation);

  /**
   * Creates a log that begins with another one's records, or finds it.
   *
   * @param creation says where it leaves that one
   * @return as {@link #create}
   */
  CompletionStage<Boolean> fork(LogView source, String name, Creation creation);

  /** Deletes a log with its files; ends with {@code UnknownLog} where there is none. */
  CompletionStage<Void> delete(String name);

  /** Deletes a log with its files if its time has passed. Returns whether it was deleted. */
  CompletionStage<Boolean> expire(LogView log);

  /** Commits one command to a log; never blocks. */
  <R> CompletionStage<R> submit(LogView log, Command<R> command);

  /** Whether it is decided on this node what becomes of a log: when it is sealed and trimmed. */
  boolean decidesFor(LogView log);

  /**
   * The log of that name, for reading and for {@link #submit}.
   *
   * @throws io.dislog.command.Rejection.UnknownLog where there is none
   */
  LogView log(String name);

  /**
   * The log of that name, shown or not: its time may have passed, it may be a fork that is being
   * filled, or deleted while it has forks.
   *
   * @throws io.dislog.command.Rejection.UnknownLog where there is none
   */
  default LogView held(String name) {
    return log(name);
  }

  /**
   * Logs in name order.
   *
   * @param prefix of their names, may be empty
   * @param after only names behind this one, or null
   * @param limit at most so many
   */
  List<LogView> logs(String prefix, @Nullable String after, int limit);

  /** The effective settings of a log that says nothing of its own. */
  LogSettings defaults();

  /** What of the defaults was changed, and is not the server's own. */
  LogSettings patchedDefaults();

  /** Changes the defaults, in force at once and lasting. */
  CompletionStage<Void> changeDefaults(SettingsPatch patch);
}
