package io.dislog.shard;

import io.dislog.command.LogSettings;
import io.dislog.journal.Journal;
import io.dislog.log.Log;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Brings a log and its journal together, after a crash or not. For one thread.
 *
 * <p>Where commands are not replayed, an entry without its batch is taken out of the journal. Where
 * they are, the journal goes back to its last mark, and the log keeps what stands behind it: the
 * commands from the mark on are about to be applied again, and find their records there.
 */
final class LogOpening {

  private static final System.Logger LOGGER = System.getLogger(LogOpening.class.getName());

  private final ShardContext context;
  private final Path folder;
  private final Checkpoint checkpoint;
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
    this.folder = folder;
    this.checkpoint = checkpoint;
    LogContents.check(context.volume().disk(), folder);
    this.journal = Journal.open(context.volume().disk(), folder, entry -> {});
    try {
      // What was trimmed is marked durably before files go: the last mark is sound in this.
      long kept = context.replayed() ? marks(Long.MAX_VALUE).kept() : Long.MAX_VALUE;
      LogState written = read(kept, Long.MAX_VALUE);
      if (written.applied().position() < needed) {
        throw new IOException(
            "it was damaged when its shard went on, and lacks what was committed since");
      }
      this.log =
          Log.open(
              context.volume(),
              folder,
              written.earliest(),
              journal,
              context.replayed() ? any -> true : written::names);
      this.state = reconcile(written);
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
    LogView shown =
        new LogView(name, state.id(), log, state.own(), defaults.get(), context.wallClock());
    return new LogWriter(shown, log, journal, state, defaults, context);
  }

  /** What the journal's first so many entries make of a log that ends at an offset. */
  private LogState read(long entries, long end) throws IOException {
    LogState read = new LogState();
    AtomicLong left = new AtomicLong(entries);
    journal.read(entry -> {
      if (left.getAndDecrement() > 0) {
        read.read(Change.decode(entry), end);
      }
    });
    return read;
  }

  /**
   * Looks for marks.
   *
   * @param end only those count that tell of no records behind it: a power cut may have left a mark
   *     without the records that it tells of
   */
  private Marks marks(long end) throws IOException {
    AtomicLong entries = new AtomicLong();
    AtomicLong kept = new AtomicLong();
    AtomicLong relied = new AtomicLong();
    journal.read(entry -> {
      entries.incrementAndGet();
      if (Change.decode(entry) instanceof Change.Applied mark) {
        if (mark.endOffset() <= end) {
          kept.set(entries.get());
        }
        if (mark.position() <= checkpoint.lastPosition()) {
          relied.set(mark.position());
        }
      }
    });
    return new Marks(entries.get(), kept.get(), relied.get());
  }

  private LogState reconcile(LogState written) throws IOException {
    if (log.failure() != null) {
      return written;
    }
    long end = log.extent().endOffset();
    if (context.replayed()) {
      return backAtMark(written, end);
    }
    // An entry and its batch are forced side by side, and a crash may have left the entry alone. It
    // is taken out durably, for another batch is about to get its offsets.
    if (written.isWithin(end)) {
      return written;
    }
    LogState kept = read(Long.MAX_VALUE, end);
    journal.turnOver(kept.encode(end));
    return kept;
  }

  private LogState backAtMark(LogState written, long end) throws IOException {
    Marks marks = marks(end);
    LogState marked =
        written.applied().endOffset() <= end ? written : read(marks.kept(), Long.MAX_VALUE);
    if (marks.kept() == 0 || marked.applied().position() < marks.relied()) {
      log.fail(
          new IOException(
              "%s ends at %d, and had records up to %d durably"
                  .formatted(folder.getFileName(), end, written.applied().endOffset())));
      return written;
    }
    long markedEnd = marked.applied().endOffset();
    if (marks.kept() < marks.entries()) {
      journal.turnOver(marked.encode(markedEnd));
    }
    log.replayFrom(markedEnd);
    return marked;
  }

  /**
   * A journal's entries.
   *
   * @param entries how many there are
   * @param kept how many there are up to the last mark that counts
   * @param relied the position of the last mark that the shard's checkpoint relies on
   */
  private record Marks(long entries, long kept, long relied) {}
}
