package io.dislog.raft.replica;

import java.util.ArrayDeque;
import org.apache.ratis.server.raftlog.RaftLog;

/**
 * When a shard's state is made durable so that its raft log can be cut, and how much of that log
 * stays for followers that were away for a moment. For one thread at a time.
 *
 * <p>Ratis counts entries, which are of any size; here it is bytes. By any thread: {@link #cut} and
 * {@link #isCutting}.
 */
public final class CompactionPolicy {

  /** Remembered places lie so many bytes apart: one 64th of what is kept. */
  private static final int STEPS = 64;

  private final long everyBytes;
  private final long everyEntries;
  private final long keptBytes;
  private final ArrayDeque<Place> places = new ArrayDeque<>();
  private long bytes;
  private long lastIndex = RaftLog.INVALID_LOG_INDEX;
  private long checkpointBytes;
  private long checkpointIndex = RaftLog.INVALID_LOG_INDEX;
  private volatile long cutting = RaftLog.INVALID_LOG_INDEX;

  /**
   * @param everyBytes of entries that are applied again after a crash, about
   * @param everyEntries that are, at most
   * @param keptBytes of entries that stay in the raft log
   */
  CompactionPolicy(long everyBytes, long everyEntries, long keptBytes) {
    this.everyBytes = everyBytes;
    this.everyEntries = everyEntries;
    this.keptBytes = keptBytes;
  }

  public static CompactionPolicy ofShard() {
    return new CompactionPolicy(8 << 20, 10_000, 32 << 20);
  }

  /** An entry was applied. */
  void add(long index, int size) {
    if (places.isEmpty() || bytes - places.getLast().bytes() >= keptBytes / STEPS) {
      places.add(new Place(index - 1, bytes));
    }
    bytes += size;
    lastIndex = index;
  }

  boolean isDue() {
    return isCutting()
        || bytes - checkpointBytes >= everyBytes
        || lastIndex - checkpointIndex >= everyEntries;
  }

  /** Has nothing kept of what lies before an entry, once the state is durable up to it. */
  public void cut(long index) {
    cutting = index;
  }

  boolean isCutting() {
    return cutting != RaftLog.INVALID_LOG_INDEX;
  }

  /**
   * The state is durable.
   *
   * @return the last entry that the raft log need not have any more
   */
  long checkpoint(long durable) {
    checkpointBytes = bytes;
    checkpointIndex = lastIndex;
    long cut = RaftLog.INVALID_LOG_INDEX;
    long wanted = cutting;
    if (isCutting() && durable >= wanted) {
      places.removeIf(place -> place.index() < wanted);
      cutting = RaftLog.INVALID_LOG_INDEX;
      cut = wanted;
    }
    while (!places.isEmpty()
        && bytes - places.getFirst().bytes() >= keptBytes
        && places.getFirst().index() <= durable) {
      cut = places.removeFirst().index();
    }
    return cut;
  }

  /** The state is another one now. */
  void restart(long index) {
    places.clear();
    lastIndex = index;
    checkpointBytes = bytes;
    checkpointIndex = index;
  }

  /** So many bytes were behind this entry, it included. */
  private record Place(long index, long bytes) {}
}
