package io.dislog.shard;

import io.dislog.command.Durability;
import io.dislog.journal.Journal;
import io.dislog.log.Log;
import io.dislog.state.Change;
import io.dislog.state.Checkpoint;
import io.dislog.state.LogState;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

/**
 * The history of a log that is told again, after a crash, all that stands behind the last mark in
 * its journal: nothing is forced before it shows.
 *
 * <p>After a crash the journal goes back to that mark, and the log keeps what stands behind it: the
 * commands that are applied again find their records there.
 */
record ReplayedHistory() implements History {

  /** What was trimmed is marked durably before files go: the last mark is sound in this. */
  @Override
  public LogState read(Journal journal) throws IOException {
    return LogState.of(journal, marks(journal, Long.MAX_VALUE, -1).kept(), Long.MAX_VALUE);
  }

  @Override
  public LongPredicate batches(LogState read) {
    return any -> true;
  }

  @Override
  public LogState reconcile(Log log, Journal journal, LogState read, Checkpoint checkpoint)
      throws IOException {
    long end = log.extent().endOffset();
    Marks marks = marks(journal, end, checkpoint.lastPosition());
    LogState marked =
        read.mark().endOffset() <= end ? read : LogState.of(journal, marks.kept(), Long.MAX_VALUE);
    if (marks.kept() == 0 || marked.mark().position() < marks.relied()) {
      log.fail(
          new IOException(
              "the log ends at %d, and had records up to %d durably"
                  .formatted(end, read.mark().endOffset())));
      return read;
    }
    long markedEnd = marked.mark().endOffset();
    if (marks.kept() < marks.entries()) {
      journal.turnOver(marked.encode(markedEnd));
    }
    log.replayFrom(markedEnd);
    return marked;
  }

  /**
   * Looks for marks.
   *
   * @param end only those count that tell of no records behind it: a power cut may have left a mark
   *     without the records that it tells of
   * @param lastPosition up to which the shard's checkpoint relies on marks
   */
  private static Marks marks(Journal journal, long end, long lastPosition) throws IOException {
    AtomicLong entries = new AtomicLong();
    AtomicLong kept = new AtomicLong();
    AtomicLong relied = new AtomicLong();
    journal.read(entry -> {
      entries.incrementAndGet();
      if (Change.decode(entry) instanceof Change.Mark mark) {
        if (mark.endOffset() <= end) {
          kept.set(entries.get());
        }
        if (mark.position() <= lastPosition) {
          relied.set(mark.position());
        }
      }
    });
    return new Marks(entries.get(), kept.get(), relied.get());
  }

  /** The journal may be behind the log. */
  @Override
  public boolean namesBatches() {
    return false;
  }

  @Override
  public boolean forces(Durability durability) {
    return false;
  }

  /** Replay must not begin where records are needed that are gone. */
  @Override
  public Optional<Change> besideTrim(long position, long endOffset) {
    return Optional.of(new Change.Mark(position, endOffset));
  }

  /** The journal that knew the last mark is about to go. */
  @Override
  public void beforeTurnOver(Log log, LogState state, long position) throws IOException {
    log.force();
    state.apply(new Change.Mark(position, log.writtenEnd()));
  }

  /** In this order: a mark tells of what is in the log. */
  @Override
  public void write(Log log, Journal journal, boolean force) throws IOException {
    log.write(force);
    journal.write(force);
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
