package io.dislog.shard;

import io.dislog.command.LogSettings;
import io.dislog.journal.Journal;
import io.dislog.log.Log;
import io.dislog.state.Checkpoint;
import io.dislog.state.LogState;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Brings a log and its journal together, after a crash or not. For one thread. */
final class LogOpening {

  private static final System.Logger LOGGER = System.getLogger(LogOpening.class.getName());

  private final ShardContext context;
  private final Journal journal;
  private final Log log;
  private final LogState state;

  /**
   * @param checkpoint of the shard; the marks before it are durable with all that they tell of
   * @param needed where a checkpoint left the log out, the position at which it needs a mark
   */
  LogOpening(ShardContext context, Path folder, Checkpoint checkpoint, long needed)
      throws IOException {
    this.context = context;
    LogContents.check(context.resources().disk(), folder);
    this.journal = Journal.open(context.resources().disk(), folder, entry -> {});
    try {
      History history = context.history();
      LogState read = history.read(journal);
      if (read.mark().position() < needed) {
        throw new IOException(
            "it was damaged when its shard went on, and lacks what was committed since");
      }
      this.log =
          Log.open(context.resources(), folder, read.earliest(), journal, history.batches(read));
      this.state = log.failure() == null ? history.reconcile(log, journal, read, checkpoint) : read;
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
    state.opened();
  }

  /** Who writes to the log from now on. */
  LogWriter writer(String name, Supplier<LogSettings> defaults) {
    if (log.failure() != null) {
      LOGGER.log(Level.ERROR, "log {0} takes no appends: {1}", name, log.failure().getMessage());
    }
    LogView shown = new LogView(name, state, log, defaults.get(), context.wallClock());
    return new LogWriter(shown, log, journal, state, defaults, context);
  }
}
