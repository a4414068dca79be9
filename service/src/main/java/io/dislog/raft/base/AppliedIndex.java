package io.dislog.raft.base;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/**
 * Tracks the last entry of a shard that is visible on this node, and wakes those that wait for a
 * later one. Safe for use by many threads.
 */
public final class AppliedIndex {

  private static final int PATIENCE_SECONDS = 5;

  private final ConcurrentSkipListMap<Long, CompletableFuture<Void>> awaited =
      new ConcurrentSkipListMap<>();
  private volatile long applied = -1;

  /** The last entry that shows, or -1. */
  public long applied() {
    return applied;
  }

  /** Entries up to this one show. */
  public void goTo(long index) {
    applied = index;
    while (!awaited.isEmpty()) {
      var first = awaited.firstEntry();
      if (first == null || first.getKey() > index) {
        return;
      }
      awaited.remove(first.getKey());
      first.getValue().complete(null);
    }
  }

  /** Ends once an entry shows, exceptionally where that takes too long. */
  public CompletableFuture<Void> await(long index) {
    if (applied >= index) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> waiting =
        awaited.computeIfAbsent(index, key -> new CompletableFuture<>());
    if (applied >= index) {
      waiting.complete(null); // It was applied between the look and the entry.
      awaited.remove(index);
    }
    return waiting.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
