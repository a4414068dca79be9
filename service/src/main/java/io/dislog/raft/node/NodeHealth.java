package io.dislog.raft.node;

import io.dislog.commit.Node.Health;
import io.dislog.raft.base.AgreedClock;
import io.dislog.raft.group.Shards;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How a node is, as its readiness says. Safe for use by many threads. */
final class NodeHealth {

  private static final Duration CLOCK_OFF = Duration.ofMinutes(1);

  private final DiskPressure pressure;
  private final Shards shards;
  private final PeerReports reports;
  private final Leaderless leaderless = new Leaderless();
  private final AgreedClock clock;
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
  private volatile String forming = "recovering";
  private volatile boolean removed;
  private volatile boolean full;

  NodeHealth(DiskPressure pressure, Shards shards, PeerReports reports, AgreedClock clock) {
    this.reports = reports;
    this.pressure = pressure;
    this.shards = shards;
    this.clock = clock;
  }

  Health health() {
    String failed = failure.get();
    if (failed != null) {
      return new Health(false, failed);
    }
    if (full) {
      return new Health(false, "takes no part, " + pressure.why());
    }
    if (removed) {
      return new Health(false, "this node was removed from its cluster");
    }
    if (!forming.isEmpty()) {
      return new Health(false, forming);
    }
    List<Integer> without = shards.leaderless();
    List<Integer> behind = reports.behind();
    boolean ready = leaderless.lastingly(without).isEmpty() && behind.isEmpty();
    return new Health(ready, String.join("; ", flaws(without, behind)));
  }

  /** What is to be put right. */
  private List<String> flaws(List<Integer> without, List<Integer> behind) {
    List<String> flaws = new ArrayList<>();
    if (pressure.isShort()) {
      flaws.add(pressure.why());
    }
    if (!without.isEmpty()) {
      flaws.add("shards without a leader: " + without);
    }
    if (!behind.isEmpty()) {
      flaws.add("shards in which this node is too far behind: " + behind);
    }
    List<Integer> memberless = shards.memberless();
    if (!memberless.isEmpty()) {
      flaws.add(memberless(memberless));
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

  static String memberless(List<Integer> shards) {
    return "shards whose members this node has lost, until a leader tells it: " + shards;
  }

  /** What is still to come before the node takes part, or nothing. */
  void setForming(String what) {
    forming = what;
  }

  /** Whether the node was taken out while it ran; what is still to come then is not said. */
  void setRemoved(boolean now) {
    removed = now;
  }

  /** Whether the node takes no part for want of room. */
  boolean isFull() {
    return full;
  }

  void setFull(boolean now) {
    full = now;
  }

  /** The node can't go on; false where it could not before. */
  boolean failed(String why) {
    return failure.compareAndSet(null, why);
  }
}
