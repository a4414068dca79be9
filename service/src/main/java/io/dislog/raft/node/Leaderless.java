package io.dislog.raft.node;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Finds the shards that have been without a leader for longer than an election takes, which is a
 * second or two and no reason to call a node not ready. Safe for use by many threads.
 */
final class Leaderless {

  private static final long ELECTION_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Map<Integer, Long> since = new HashMap<>();

  /**
   * The shards that have had no leader for longer than an election takes.
   *
   * @param now those that have none now
   */
  synchronized List<Integer> lastingly(List<Integer> now) {
    long nanos = System.nanoTime();
    since.keySet().retainAll(now);
    now.forEach(shard -> since.putIfAbsent(shard, nanos));
    return now.stream()
        .filter(shard -> nanos - since.getOrDefault(shard, nanos) > ELECTION_NANOS)
        .toList();
  }
}
