package io.dislog.shard;

import io.dislog.log.Journal;
import io.dislog.log.Log;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a log and its journal together, after a crash or not. For one thread.
 *
 * <p>Where commands are not replayed, an entry without its batch is taken out of the journal. Where
 * they are, the journal goes back to its last mark, and the log keeps what stands behind it: the
 * commands from the mark on are about to be applied again, and find their records there.
 */
final class LogOpening {

  private final Surroundings surroundings;
  private final Path folder;
  private final Checkpoint checkpoint;
  private final List<Change> changes = new ArrayList<>();
  private final Journal journal;
  private final Log log;
  private final LogState state;

  /**
   * @param checkpoint of the shard; the marks before it are durable with all that they tell of
   */
  LogOpening(Surroundings surroundings, Path folder, Checkpoint checkpoint) throws IOException {
    this.surroundings = surroundings;
    this.folder = folder;
    this.checkpoint = checkpoint;
    LogContents.check(surroundings.volume().disk(), folder);
    this.journal =
        Journal.open(
            surroundings.volume().disk(), folder, entry -> changes.add(Change.decode(entry)));
    // What was trimmed is marked durably before files go: the last mark is sound in this.
    List<Change> all = surroundings.replayed() ? upToMark(Long.MAX_VALUE) : changes;
    LogState written = LogState.of(all, Long.MAX_VALUE);
    try {
      this.log =
          Log.open(
              surroundings.volume(),
              folder,
              written.earliest(),
              journal,
              surroundings.replayed() ? any -> true : written::names);
      this.state = reconcile(written);
    } catch (IOException e) {
      journal.close();
      throw e;
    }
    state.opened();
  }

  Journal journal() {
    return journal;
  }

  Log log() {
    return log;
  }

  LogState state() {
    return state;
  }

  /**
   * The changes up to the last mark that tells of no records behind an end: a power cut may have
   * left a mark without the records that it tells of.
   */
  private List<Change> upToMark(long end) {
    int kept = changes.size();
    while (kept > 0
        && !(changes.get(kept - 1) instanceof Change.Applied(long position, long markedEnd)
            && markedEnd <= end)) {
      kept--;
    }
    return changes.subList(0, kept);
  }

  private LogState reconcile(LogState written) throws IOException {
    if (log.failure() != null) {
      return written;
    }
    long end = log.extent().endOffset();
    if (surroundings.replayed()) {
      return backAtMark(written, end);
    }
    // An entry and its batch are forced side by side, and a crash may have left the entry alone. It
    // is taken out durably, for another batch is about to get its offsets.
    LogState kept = written.isWithin(end) ? written : LogState.of(changes, end);
    if (kept != written) {
      journal.turnOver(kept.encode(end));
    }
    return kept;
  }

  private LogState backAtMark(LogState written, long end) throws IOException {
    List<Change> kept = upToMark(end);
    LogState marked = LogState.of(kept, Long.MAX_VALUE);
    if (kept.isEmpty() || marked.applied().position() < reliedOn()) {
      log.fail(
          new IOException(
              "%s ends at %d, and had records up to %d durably"
                  .formatted(folder.getFileName(), end, written.applied().endOffset())));
      return written;
    }
    long markedEnd = marked.applied().endOffset();
    if (kept.size() < changes.size()) {
      journal.turnOver(marked.encode(markedEnd));
    }
    log.replayFrom(markedEnd);
    return marked;
  }

  /** The position of the last mark that the shard's checkpoint relies on. */
  private long reliedOn() {
    long relied = 0;
    for (Change change : changes) {
      if (change instanceof Change.Applied(long position, long end)
          && position <= checkpoint.lastPosition()) {
        relied = position;
      }
    }
    return relied;
  }
}
