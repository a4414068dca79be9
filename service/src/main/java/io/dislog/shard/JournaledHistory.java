package io.dislog.shard;

import io.dislog.command.Durability;
import io.dislog.journal.Journal;
import io.dislog.log.Log;
import io.dislog.state.Change;
import io.dislog.state.Checkpoint;
import io.dislog.state.LogState;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.LongPredicate;

/**
 * The history of a log that nobody tells anything twice: its journal has it.
 *
 * <p>A batch that a producer sent is told by its journal entry. Both are forced side by side, and a
 * crash may have left one alone: the one without the other is undone.
 *
 * @param forcer runs a force beside another one
 */
record JournaledHistory(Executor forcer) implements History {

  @Override
  public LogState read(Journal journal) throws IOException {
    return LogState.of(journal, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  @Override
  public LongPredicate batches(LogState read) {
    return read::names;
  }

  /** An entry without its batch goes durably, for another batch is about to get its offsets. */
  @Override
  public LogState reconcile(Log log, Journal journal, LogState read, Checkpoint checkpoint)
      throws IOException {
    long end = log.extent().endOffset();
    if (read.isWithin(end)) {
      return read;
    }
    LogState kept = LogState.of(journal, Long.MAX_VALUE, end);
    journal.turnOver(kept.encode(end));
    return kept;
  }

  @Override
  public boolean namesBatches() {
    return true;
  }

  @Override
  public boolean forces(Durability durability) {
    return durability == Durability.FSYNC;
  }

  @Override
  public Optional<Change> besideTrim(long position, long endOffset) {
    return Optional.empty();
  }

  @Override
  public void beforeTurnOver(Log log, LogState state, long position) {}

  @Override
  public void write(Log log, Journal journal, boolean force) throws IOException {
    if (log.writtenEnd() == log.extent().endOffset()) {
      journal.write(force);
    } else {
      writeBoth(log, journal, force);
    }
  }

  private void writeBoth(Log log, Journal journal, boolean force) throws IOException {
    CompletableFuture<Void> entries =
        CompletableFuture.runAsync(
            () -> {
              try {
                journal.write(force);
              } catch (IOException e) {
                throw new CompletionException(e);
              }
            },
            forcer);
    try {
      log.write(force);
    } finally {
      await(entries);
    }
  }

  private static void await(CompletableFuture<Void> entries) throws IOException {
    try {
      entries.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
  }
}
