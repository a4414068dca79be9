package io.dislog.raft;

import io.dislog.commit.Node.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How a node is, as its readiness says. Safe for use by many threads. */
final class Condition {

  private static final Duration CLOCK_OFF = Duration.ofMinutes(1);

  private final Room room;
  private final Shards shards;
  private final AgreedClock clock;
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
  private volatile String forming = "recovering";
  private volatile boolean full;

  Condition(Room room, Shards shards, AgreedClock clock) {
    this.room = room;
    this.shards = shards;
    this.clock = clock;
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
    return new Health(leaderless.size() < shards.count(), String.join("; ", flaws(leaderless)));
  }

  /** What is to be put right, though appends go on. */
  private List<String> flaws(List<Integer> leaderless) {
    List<String> flaws = new ArrayList<>();
    if (!leaderless.isEmpty()) {
      flaws.add("shards without a leader: " + leaderless);
    }
    List<Integer> memberless = shards.memberless();
    if (!memberless.isEmpty()) {
      flaws.add("shards whose members this node has lost, until a leader tells it: " + memberless);
    }
    List<String> damaged = shards.damaged();
    if (!damaged.isEmpty()) {
      flaws.add("logs that are damaged on this node: " + damaged);
    }
    Duration ahead = clock.ownAhead();
    if (ahead.abs().compareTo(CLOCK_OFF) > 0) {
      flaws.add(
          "this node's clock is %d s %s of the others'"
              .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead"));
    }
    return flaws;
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
