package io.dislog.commit;

import io.dislog.shard.LogWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a log that are written, shown and answered together. For the log's one writing
 * thread.
 *
 * <p>In this order: {@link #apply} any number of them, {@link #write}, {@link #tell}. Whoever gets
 * an answer sees what it says, and that is as durable as the log's configuration asks for; on a
 * replica, where the raft log has it, it may not be in the log's own files yet.
 */
public final class Round {

  private final LogWriter writer;
  private final CommitListener listener;
  private final List<Pending<?>> applied = new ArrayList<>();
  private List<Pending.Ended> endings = List.of();
  private long writeNanos;

  /**
   * @param writer of the log
   * @param listener is told what was answered, and how long writing took
   */
  public Round(LogWriter writer, CommitListener listener) {
    this.writer = writer;
    this.listener = listener;
  }

  /** Applies a command; a refusal is kept for {@link #tell}, for it tells of state in the round. */
  public void apply(Pending<?> pending) throws IOException {
    applied.add(pending);
    pending.apply(writer);
  }

  /** Whether nothing was applied. */
  public boolean isEmpty() {
    return applied.isEmpty();
  }

  List<Pending<?>> applied() {
    return applied;
  }

  /**
   * Brings all that was applied to the disk, shows it to readers, and finds the answers.
   *
   * @throws IOException where it can't be written; nothing is shown then
   */
  public void write() throws IOException {
    long start = System.nanoTime();
    writer.write();
    writeNanos = System.nanoTime() - start;
    writer.publish();
    endings = new ArrayList<>(applied.size());
    for (Pending<?> pending : applied) {
      endings.add(pending.conclude(listener));
    }
  }

  /** Why the disk did not let some answer be found, or null. */
  public @Nullable IOException diskFailure() {
    for (Pending<?> pending : applied) {
      if (pending.diskFailure() != null) {
        return pending.diskFailure();
      }
    }
    return null;
  }

  /** Answers whoever waits, and wakes those who wait for the log to change. */
  public void tell() {
    endings.forEach(Pending.Ended::tell);
    writer.tell();
    listener.committed(applied.size(), writeNanos);
  }
}
