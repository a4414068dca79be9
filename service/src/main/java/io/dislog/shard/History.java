package io.dislog.shard;

import io.dislog.command.Durability;
import io.dislog.journal.Journal;
import io.dislog.log.Log;
import io.dislog.state.Change;
import io.dislog.state.Checkpoint;
import io.dislog.state.LogState;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Who knows, after a crash, what a log was told before it: its own journal, or a history from which
 * it is told again. For the log's one writing thread.
 */
sealed interface History permits JournaledHistory, ReplayedHistory {

  /** What a log's journal tells that counts, before the log is open. */
  LogState read(Journal journal) throws IOException;

  /** Says of a producer's batch at an offset whether the log may keep it. */
  LongPredicate batches(LogState read);

  /**
   * Brings a log that was opened, and its journal, to the same point.
   *
   * @param read what the journal told
   * @param checkpoint of the shard: the marks before it are durable with all that they tell of
   * @return the state from which the log goes on
   */
  LogState reconcile(Log log, Journal journal, LogState read, Checkpoint checkpoint)
      throws IOException;

  /** Whether a producer's batch counts only where the journal names it. */
  boolean namesBatches();

  /** Whether a round that takes nothing away is forced before it shows. */
  boolean forces(Durability durability);

  /** What goes into the journal beside a trim, of a log that ends at an offset. */
  Optional<Change> besideTrim(long position, long endOffset);

  /** Prepares a log and its state for a new journal, which tells of nothing but that state. */
  void beforeTurnOver(Log log, LogState state, long position) throws IOException;

  /** Writes a round that has something for the journal, and perhaps for the log. */
  void write(Log log, Journal journal, boolean force) throws IOException;
}
