package io.dislog.raft;

import io.dislog.commit.Node.Health;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How a node is, as its readiness says. Safe for use by many threads. */
final class Condition {

  private final Room room;
  private final Shards shards;
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
  private volatile String forming = "recovering";
  private volatile boolean full;

  Condition(Room room, Shards shards) {
    this.room = room;
    this.shards = shards;
  }

  Health health() {
    String failed = failure.get();
    if (failed != null) {
      return new Health(false, failed);
    }
    if (full || room.isShort()) {
      return new Health(false, room.why());
    }
    if (!forming.isEmpty()) {
      return new Health(false, forming);
    }
    List<Integer> leaderless = shards.leaderless();
    return new Health(
        leaderless.size() < shards.count(),
        leaderless.isEmpty() ? "" : "shards without a leader: " + leaderless);
  }

  /** What is still to come before the node takes part, or nothing. */
  void forming(String what) {
    forming = what;
  }

  /** Whether the node takes no part for want of room. */
  boolean isFull() {
    return full;
  }

  void full(boolean now) {
    full = now;
  }

  /** The node can't go on; false where it could not before. */
  boolean failed(String why) {
    return failure.compareAndSet(null, why);
  }
}
