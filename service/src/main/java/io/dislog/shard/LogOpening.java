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
  private final List<Change> changes = new ArrayList<>();
  private final Journal journal;
  private final Log log;
  private final LogState state;

  LogOpening(Surroundings surroundings, Path folder) throws IOException {
    this.surroundings = surroundings;
    this.folder = folder;
    this.journal =
        Journal.open(
            surroundings.volume().disk(), folder, entry -> changes.add(Change.decode(entry)));
    LogState written = LogState.of(upToMark(), Long.MAX_VALUE);
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

  private List<Change> upToMark() {
    int kept = changes.size();
    while (surroundings.replayed() && !(changes.get(kept - 1) instanceof Change.Applied)) {
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

  private LogState backAtMark(LogState marked, long end) throws IOException {
    long markedEnd = marked.applied().endOffset();
    if (end < markedEnd) {
      log.fail(
          new IOException(
              "%s ends at %d, and had records up to %d durably"
                  .formatted(folder.getFileName(), end, markedEnd)));
      return marked;
    }
    if (!(changes.getLast() instanceof Change.Applied)) {
      journal.turnOver(marked.encode(markedEnd));
    }
    log.replayFrom(markedEnd);
    return marked;
  }
}
