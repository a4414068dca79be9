package io.dislog.raft.node;

import io.dislog.commit.Member;
import io.dislog.raft.base.RaftIds;
import io.dislog.raft.group.Participant;
import io.dislog.raft.group.ShardGroup;
import io.dislog.raft.group.Shards;
import io.dislog.raft.rpc.PeerClient;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.FollowerInfo;
import org.jspecify.annotations.Nullable;

/**
 * Spreads the shards' leaders over the nodes: shard s is at home on the (s mod n)-th member, and
 * whoever leads it instead hands over to that one. For one thread.
 *
 * <p>Only where the home member was away while this node led, or this node has just started:
 * whoever was made leader on purpose stays it.
 */
final class LeaderBalance {

  private static final System.Logger LOGGER = System.getLogger(LeaderBalance.class.getName());
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** A member that answered within this time is there. */
  private static final long SILENCE_MILLIS = 2_000;

  /** How long a home member must have been there, so that leadership doesn't go to and fro. */
  private static final int STEADY_LOOKS = 3;

  private static final long TRANSFER_MILLIS = 1_000;

  private final String self;
  private final Shards shards;
  private final PeerClient peers;
  private final long started = System.nanoTime();
  private final Map<Integer, Integer> steady = new HashMap<>();
  private final Map<Integer, Boolean> wasAway = new HashMap<>();

  LeaderBalance(String self, Shards shards, PeerClient peers) {
    this.self = self;
    this.shards = shards;
    this.peers = peers;
  }

  /** Looks at all shards; called each second. Hands over one at most. */
  void look(Participant participant) {
    for (ShardGroup group : shards.groups()) {
      if (!group.leads()) {
        steady.remove(group.shard());
        wasAway.remove(group.shard());
      } else if (isDue(group) && handOver(participant, group, home(group))) {
        return;
      }
    }
  }

  private boolean isDue(ShardGroup group) {
    Member home = home(group);
    if (home == null || home.id().equals(self)) {
      return false;
    }
    boolean there = isThere(group, home);
    if (!there) {
      wasAway.put(group.shard(), true);
    }
    int looks = there ? steady.merge(group.shard(), 1, Integer::sum) : 0;
    steady.put(group.shard(), looks);
    boolean may =
        wasAway.getOrDefault(group.shard(), false) || System.nanoTime() - started < START_NANOS;
    return may && looks >= STEADY_LOOKS;
  }

  private static @Nullable Member home(ShardGroup group) {
    List<Member> members =
        group.members().stream().sorted(Comparator.comparing(Member::id)).toList();
    return members.isEmpty() ? null : members.get(group.shard() % members.size());
  }

  private static boolean isThere(ShardGroup group, Member home) {
    FollowerInfo follower = group.leadership().follower(RaftIds.id(home.id()));
    RaftServer.Division division = group.division();
    return follower != null
        && division != null
        && follower.getLastRpcResponseTime().elapsedTimeMs() < SILENCE_MILLIS
        && follower.getMatchIndex() >= division.getRaftLog().getLastCommittedIndex();
  }

  private boolean handOver(Participant participant, ShardGroup group, @Nullable Member to) {
    if (to == null || !peers.ask(List.of(to)).getFirst().ready()) {
      return false;
    }
    steady.remove(group.shard());
    try {
      participant.transfer(group.shard(), RaftIds.id(to.id()), TRANSFER_MILLIS);
      LOGGER.log(Level.INFO, "shard {0} is led by {1} again", group.shard(), to.id());
    } catch (IOException e) {
      LOGGER.log(Level.DEBUG, "shard {0} stays here: {1}", group.shard(), e.getMessage());
    }
    return true;
  }

  /** Hands over all that this node leads, to whom it can, at once. Blocks for 2 s at most. */
  static void leave(@Nullable Participant participant, Shards shards, List<String> where) {
    if (participant == null) {
      return;
    }
    List<Thread> handing =
        shards.groups().stream()
            .filter(ShardGroup::leads)
            .map(
                group -> Thread.ofPlatform().daemon().start(() -> leave(participant, group, where)))
            .toList();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    for (Thread thread : handing) {
      try {
        long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        thread.join(Math.max(1, left));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Hands over one shard that this node leads, to whom it can. */
  static void leave(Participant participant, ShardGroup group, List<String> where) {
    List<RaftPeerId> best =
        group.leadership().followers().stream()
            .filter(follower -> follower.getLastRpcResponseTime().elapsedTimeMs() < SILENCE_MILLIS)
            .filter(follower -> where.isEmpty() || where.contains(follower.getId().toString()))
            .sorted(Comparator.comparingLong(FollowerInfo::getMatchIndex).reversed())
            .map(FollowerInfo::getId)
            .toList();
    for (RaftPeerId follower : best) {
      try {
        participant.transfer(group.shard(), follower, TRANSFER_MILLIS);
        return;
      } catch (IOException e) {
        LOGGER.log(Level.DEBUG, "{0} does not take over: {1}", follower, e.getMessage());
      }
    }
  }
}
