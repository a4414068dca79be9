package io.dislog.raft.node;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Tells an election, which takes a second or two, from a shard that has no leader: a node is not
 * taken for one that can't serve each time that another one leads. Safe for use by many threads.
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
