package io.dislog.raft.base;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Which version of entries this node may write: the newest that all members said that they read.
 * While nodes are replaced by newer ones, the older ones could not apply it. Safe for use by many
 * threads.
 */
public final class EntryVersion {

  /** The newest version of {@link Entry}. */
  public static final int NEWEST = 4;

  /** The version that every member reads. */
  static final int OLDEST = 1;

  /** The first one that says what is remembered of producers, and what retention saw. */
  public static final int WITH_LIMITS = 2;

  /** The first one that has the items and commands of finite logs. */
  public static final int WITH_FINITE_LOGS = 3;

  /** The first one that says to whom a producer belongs. */
  public static final int WITH_OWNERS = 4;

  private final Map<String, Integer> read = new HashMap<>();
  private List<String> members = List.of();
  private CompletableFuture<Void> heard = new CompletableFuture<>();
  private volatile int common = OLDEST;

  /**
   * @param self reads the newest
   */
  public EntryVersion(String self) {
    read.put(self, NEWEST);
  }

  /** A node said up to which version it reads entries. */
  public synchronized void hear(String node, int version) {
    read.put(node, version);
    look();
  }

  /** These are the members, this node included. */
  public synchronized void members(Collection<String> nodes) {
    members = List.copyOf(nodes);
    look();
  }

  private void look() {
    common = members.stream().mapToInt(this::readBy).min().orElse(OLDEST);
    boolean all = !members.isEmpty() && read.keySet().containsAll(members);
    if (all) {
      heard.complete(null);
    } else if (heard.isDone()) {
      heard = new CompletableFuture<>();
    }
  }

  private int readBy(String node) {
    return read.getOrDefault(node, OLDEST);
  }

  /** Ends once all members said what they read, as those that run do within a second or two. */
  public synchronized CompletableFuture<Void> heard() {
    return heard.copy();
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
