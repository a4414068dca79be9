package io.dislog.raft.base;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which version of entries this node may write: the newest, as soon as all members said that they
 * read it. While nodes are replaced by newer ones, the older ones could not apply it. Safe for use
 * by many threads.
 */
public final class EntryVersion {

  /** The newest version of {@link Entry}. */
  public static final int NEWEST = 2;

  private final Map<String, Integer> read = new ConcurrentHashMap<>();
  private volatile boolean newest;

  /**
   * @param self reads the newest
   */
  public EntryVersion(String self) {
    read.put(self, NEWEST);
  }

  /** A node said up to which version it reads entries. */
  public void hear(String node, int version) {
    read.put(node, version);
  }

  /** These are the members, this node included. */
  public void members(Collection<String> nodes) {
    newest = nodes.stream().allMatch(node -> read.getOrDefault(node, 0) >= NEWEST);
  }

  /** Whether all members are known to read the newest. */
  public boolean isNewest() {
    return newest;
  }
}
