package io.dislog.raft.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Finds the shards in which this node has not applied yet what another one had ten looks ago. Safe
 * for use by many threads.
 */
public final class Laggards {

  private static final int LOOKS = 10;

  private final Deque<List<Long>> newest = new ArrayDeque<>();

  /**
   * Has a look; called each second.
   *
   * @param shown the last entry that any node shows, of each shard
   */
  public synchronized void look(List<Long> shown) {
    newest.addLast(List.copyOf(shown));
    if (newest.size() > LOOKS) {
      newest.removeFirst();
    }
  }

  /**
   * The shards of which this node does not show by now what was shown then.
   *
   * @param applied the last entry that it shows, of each shard
   */
  public synchronized List<Integer> behind(List<Long> applied) {
    List<Integer> behind = new ArrayList<>();
    if (newest.size() == LOOKS) {
      List<Long> then = newest.getFirst();
      for (int shard = 0; shard < Math.min(then.size(), applied.size()); shard++) {
        if (applied.get(shard) < then.get(shard)) {
          behind.add(shard);
        }
      }
    }
    return behind;
  }
}
