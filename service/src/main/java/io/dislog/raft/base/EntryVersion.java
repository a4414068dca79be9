package io.dislog.raft.base;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which version of entries this node may write: the newest that all members said that they read.
 * While nodes are replaced by newer ones, the older ones could not apply it. Safe for use by many
 * threads.
 */
public final class EntryVersion {

  /** The newest version of {@link Entry}. */
  public static final int NEWEST = 3;

  /** The version that every member reads. */
  static final int OLDEST = 1;

  /** The first one that says what is remembered of producers, and what retention saw. */
  public static final int WITH_LIMITS = 2;

  /** The first one that has the items and commands of finite logs. */
  public static final int WITH_FINITE_LOGS = 3;

  private final Map<String, Integer> read = new ConcurrentHashMap<>();
  private volatile int common = OLDEST;

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
    common = nodes.stream().mapToInt(node -> read.getOrDefault(node, OLDEST)).min().orElse(OLDEST);
  }

  /** The newest that all members are known to read. */
  public int common() {
    return common;
  }

  /** Whether all members are known to read the newest. */
  public boolean isNewest() {
    return common == NEWEST;
  }
}
