package io.dislog.raft.node;

import io.dislog.command.Rejection;
import io.dislog.commit.Cluster;
import io.dislog.commit.Member;
import io.dislog.commit.SnapshotSource;
import io.dislog.raft.base.RaftIds;
import io.dislog.raft.base.ShardOf;
import io.dislog.raft.group.ShardGroup;
import io.dislog.raft.group.Shards;
import io.dislog.raft.replica.Replicas;
import io.dislog.raft.rpc.ConfirmedMembership;
import io.dislog.raft.rpc.RaftAdminClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as this node's groups know it, and the changes that its leaders carry out. Safe for
 * use by many threads.
 */
final class RaftCluster implements Cluster {

  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final long CHANGE_NANOS = Duration.ofSeconds(60).toNanos();
  private static final long LEAD_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long PAUSE_MILLIS = 100;
  private static final int TRANSFER_MILLIS = 2_000;

  private final String self;
  private final Shards shards;
  private final RaftAdminClient admin;
  private final PeerReports reports;
  private final Replicas replicas;
  private final BooleanSupplier formed;

  /**
   * @param formed whether this node has ever agreed on anything
   */
  RaftCluster(
      String self,
      Shards shards,
      RaftAdminClient admin,
      PeerReports reports,
      Replicas replicas,
      BooleanSupplier formed) {
    this.reports = reports;
    this.replicas = replicas;
    this.formed = formed;
    this.self = self;
    this.shards = shards;
    this.admin = admin;
  }

  @Override
  public String self() {
    return self;
  }

  @Override
  public List<Member> members() {
    Map<String, Member> members = new LinkedHashMap<>();
    for (ShardGroup group : shards.groups()) {
      group.members().forEach(member -> members.putIfAbsent(member.id(), member));
    }
    return members.values().stream().sorted(Comparator.comparing(Member::id)).toList();
  }

  @Override
  public List<ShardStatus> shards() {
    return IntStream.range(0, shards.count()).mapToObj(shards::status).toList();
  }

  @Override
  public int shardCount() {
    return shards.count();
  }

  @Override
  public Map<String, Long> lag(ShardStatus shard) {
    return reports.lag(shard.id(), shard.committed());
  }

  @Override
  public boolean formed() {
    return formed.getAsBoolean();
  }

  @Override
  public int shardOf(String log) {
    return ShardOf.name(log, shards.count());
  }

  @Override
  public @Nullable Member leaderOf(int shard) {
    return shards.group(shard).leader();
  }

  @Override
  public CompletionStage<Boolean> freshen(int shard, Duration patience) {
    return shards.group(shard).freshen(patience);
  }

  @Override
  public void add(Member member, boolean empty) {
    admin.knows(List.of(RaftIds.peer(member)));
    for (ShardGroup group : shards.groups()) {
      new Change(group).add(member);
    }
  }

  @Override
  public void remove(String node) {
    boolean known = members().stream().anyMatch(member -> member.id().equals(node));
    for (ShardGroup group : shards.groups()) {
      new Change(group).remove(node);
    }
    if (known) {
      tellRemoved(node);
    }
  }

  private void tellRemoved(String node) {
    for (ShardGroup group : shards.groups()) {
      try {
        admin.removeGroup(RaftIds.id(node), RaftIds.group(group.shard()));
      } catch (IOException e) {
        // It has none, or is away: then it learns from the others that it is no member.
      }
    }
  }

  @Override
  public void lead(int shard, String node) {
    new Change(shards.group(shard)).lead(node);
  }

  @Override
  public SnapshotSource snapshots() {
    return replicas.snapshots();
  }

  /** One change of one shard, tried until it is so or time is up. For one thread. */
  private final class Change {

    private final ShardGroup group;
    private final RaftGroupId id;
    private final long begun = System.nanoTime();
    private String why = "";

    Change(ShardGroup group) {
      this.group = group;
      this.id = RaftIds.group(group.shard());
    }

    /**
     * In this order: a node that has nothing of the group is no member; it gets an empty group,
     * which votes for nobody; it becomes a member. So that it never counts as the one it was.
     */
    void add(Member member) {
      RaftPeer peer = RaftIds.peer(member);
      until(
          CHANGE_NANOS,
          () -> {
            List<RaftPeer> before = members();
            boolean there = reports.takesPart(peer, id);
            boolean listed = before.stream().anyMatch(known -> RaftIds.isSame(known, peer));
            if (listed && there) {
              return true;
            }
            List<RaftPeer> without = RaftIds.without(before, member.id());
            if (without.size() < before.size()) {
              admin.setMembers(leader(), id, before, without);
            } else if (!there) {
              admin.addGroup(peer.getId(), RaftGroup.valueOf(id));
            } else {
              List<RaftPeer> with = new ArrayList<>(before);
              with.add(peer);
              admin.setMembers(leader(), id, before, with);
            }
            return false;
          });
    }

    void remove(String node) {
      until(
          CHANGE_NANOS,
          () -> {
            List<RaftPeer> before = members();
            List<RaftPeer> after = RaftIds.without(before, node);
            if (after.size() == before.size()) {
              return true;
            }
            if (after.isEmpty()) {
              throw new Rejection.NoLeader("node %s is the last one".formatted(node), true);
            }
            RaftPeerId leader = leader();
            if (leader.equals(RaftIds.id(node))) {
              handOver(leader, after);
            } else {
              admin.setMembers(leader, id, before, after);
            }
            return false;
          });
    }

    void lead(String node) {
      until(
          LEAD_NANOS,
          () -> {
            RaftPeerId leader = leader();
            if (leader.equals(RaftIds.id(node))) {
              return true;
            }
            admin.transfer(leader, id, RaftIds.id(node), TRANSFER_MILLIS);
            return false;
          });
    }

    private void handOver(RaftPeerId leader, List<RaftPeer> to) throws IOException {
      IOException failure = null;
      for (RaftPeer peer : to) {
        try {
          admin.transfer(leader, id, peer.getId(), TRANSFER_MILLIS);
          return;
        } catch (IOException e) {
          failure = e;
        }
      }
      if (failure != null) {
        throw failure;
      }
    }

    /**
     * The members as they are now, or were a moment ago; not as this node remembers them, and not
     * as they will be: whoever is being taken out is needed until that is agreed on.
     */
    private List<RaftPeer> members() throws IOException {
      RaftServer.Division here = group.division();
      if (here == null || !group.freshen(LOOK).toCompletableFuture().join()) {
        throw new IOException("shard %d has no leader".formatted(group.shard()));
      }
      RaftConfiguration now = here.getRaftConf();
      if (!ConfirmedMembership.isCertain(now, here.getRaftLog().getLastCommittedIndex())) {
        throw new IOException("the members of shard %d are being changed".formatted(group.shard()));
      }
      List<RaftPeer> members = List.copyOf(now.getCurrentPeers());
      admin.knows(members);
      return members;
    }

    private RaftPeerId leader() throws IOException {
      Member leader = group.leader();
      if (leader == null) {
        throw new IOException("shard %d has no leader".formatted(group.shard()));
      }
      admin.knows(List.of(RaftIds.peer(leader)));
      return RaftIds.id(leader.id());
    }

    private void until(long nanos, Step step) {
      while (System.nanoTime() - begun < nanos) {
        try {
          if (step.isDone()) {
            return;
          }
        } catch (IOException e) {
          why = String.valueOf(e.getMessage());
          pause();
        }
      }
      throw new Rejection.NoLeader(
          "shard %d is not changed yet, ask again: %s".formatted(group.shard(), why));
    }

    private void pause() {
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Rejection.NoLeader("interrupted");
      }
    }
  }

  /** Goes one step, and says whether that was the last. */
  private interface Step {
    boolean isDone() throws IOException;
  }
}
