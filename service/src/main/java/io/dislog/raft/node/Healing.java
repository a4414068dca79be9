package io.dislog.raft.node;

import io.dislog.commit.Member;
import io.dislog.raft.group.Participant;
import io.dislog.raft.group.ShardGroup;
import io.dislog.raft.group.Shards;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has logs that are damaged on this node taken over from members that have them whole, one after
 * the other. A shard that this node leads is handed over first: another member can append to the
 * log meanwhile. For one thread, which waits for no transfer.
 */
final class Healing {

  private static final System.Logger LOGGER = System.getLogger(Healing.class.getName());
  private static final long HAND_OVER_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int MOST_PAUSE = 30;

  private final String self;
  private final Shards shards;
  private final Map<Integer, Long> handedOver = new HashMap<>();
  private final AtomicBoolean underWay = new AtomicBoolean();
  private volatile int pause = 1;
  private int looks;

  Healing(String self, Shards shards) {
    this.self = self;
    this.shards = shards;
  }

  /** Looks at all shards; called each second. */
  void look(Participant participant) {
    if (underWay.get() || ++looks < pause) {
      return;
    }
    looks = 0;
    List<Damaged> damaged = damaged();
    damaged.stream()
        .map(Damaged::group)
        .distinct()
        .filter(group -> group.leads() && isHandOverDue(group.shard()))
        .forEach(group -> LeaderBalance.leave(participant, group, List.of()));
    if (!damaged.isEmpty()) {
      begin(damaged);
    }
  }

  private List<Damaged> damaged() {
    List<Damaged> damaged = new ArrayList<>();
    for (ShardGroup group : shards.groups()) {
      for (String log : shards.healable(group.shard())) {
        damaged.add(new Damaged(group, log));
      }
    }
    return damaged;
  }

  private boolean isHandOverDue(int shard) {
    Long last = handedOver.get(shard);
    boolean due = last == null || System.nanoTime() - last > HAND_OVER_NANOS;
    if (due) {
      handedOver.put(shard, System.nanoTime());
    }
    return due;
  }

  private void begin(List<Damaged> damaged) {
    underWay.set(true);
    Thread.ofVirtual()
        .name("healing")
        .start(() -> {
          try {
            long healed = damaged.stream().filter(this::isHealed).count();
            pause = healed == damaged.size() ? 1 : Math.min(MOST_PAUSE, 2 * pause);
          } finally {
            underWay.set(false);
          }
        });
  }

  /** The leader first, which has all. */
  private List<Member> others(ShardGroup group) {
    Member leader = group.leader();
    return group.members().stream()
        .filter(member -> !member.id().equals(self))
        .sorted(Comparator.comparing(member -> leader == null || !member.id().equals(leader.id())))
        .toList();
  }

  private boolean isHealed(Damaged damaged) {
    String log = damaged.log();
    for (Member other : others(damaged.group())) {
      try {
        shards.heal(damaged.group().shard(), log, other);
        LOGGER.log(Level.INFO, "log {0}, damaged here, was fetched from {1}", log, other.id());
        return true;
      } catch (IOException | RuntimeException e) {
        LOGGER.log(
            Level.WARNING,
            "log {0}, damaged here, is not fetched from {1}: {2}",
            log,
            other.id(),
            e.getMessage());
      }
    }
    return false;
  }

  private record Damaged(ShardGroup group, String log) {}
}
