package io.dislog.raft.group;

import io.dislog.commit.Cluster.ShardStatus;
import io.dislog.commit.Member;
import io.dislog.raft.base.RaftIds;
import io.dislog.raft.replica.Group;
import io.dislog.raft.replica.Replicas;
import io.dislog.raft.rpc.FrameRpc;
import io.dislog.raft.rpc.LeadershipCheck;
import io.dislog.raft.rpc.RaftAdminClient;
import io.dislog.raft.vote.StoredVote;
import io.dislog.raft.vote.VoteStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.statemachine.StateMachine;
import org.jspecify.annotations.Nullable;

/**
 * All shards of this node: the state of each, and its group. Opened by one thread, then safe for
 * use by many.
 */
public final class Shards implements StateMachine.Registry, FrameRpc.Listeners, Closeable {

  private final List<LocalShard> all;
  private final List<FastFailover> failovers;

  /** Is told what becomes of the shards; by any thread. */
  public interface Watcher {

    /** This node can't go on. */
    void failed(String what, @Nullable Throwable cause);

    /** A shard's group begins with nothing here, on another node's word or this one's. */
    void joins(int shard);

    /** A shard's group was taken from this node. */
    void removed(int shard);

    /** What this node tells the others of itself, see {@link io.dislog.raft.rpc.PeerReport}. */
    ByteBuffer report();
  }

  /**
   * @param raftFolder of raft's own logs, one folder a group
   * @param votes for whom this node stands in each shard
   */
  public Shards(
      int count,
      Path raftFolder,
      VoteStore votes,
      RaftAdminClient admin,
      Replicas replicas,
      Watcher watcher) {
    this.all =
        IntStream.range(0, count)
            .mapToObj(shard ->
                new LocalShard(
                    new ShardGroup(shard, admin),
                    RaftIds.folder(raftFolder, shard),
                    votes,
                    replicas,
                    watcher))
            .toList();
    this.failovers =
        IntStream.range(0, count).mapToObj(shard -> new FastFailover(shard, admin)).toList();
  }

  /** Opens what each shard holds. Blocks. */
  public void open(Consumer<Integer> progress) throws IOException {
    for (LocalShard shard : all) {
      shard.open();
      progress.accept(shard.group().shard() + 1);
    }
  }

  public int count() {
    return all.size();
  }

  public ShardGroup group(int shard) {
    return all.get(shard).group();
  }

  public List<ShardGroup> groups() {
    return all.stream().map(LocalShard::group).toList();
  }

  public ShardStatus status(int shard) {
    return all.get(shard).status();
  }

  /** Whether anything of any shard was ever written here, or fetched. */
  public boolean formed() {
    return groups().stream().anyMatch(ShardGroup::formed);
  }

  /** The logs that this node can't serve whole. */
  public List<String> damaged() {
    return all.stream().flatMap(shard -> shard.damaged().stream()).toList();
  }

  /** The logs of a shard that can be taken over from another member. */
  public List<String> healable(int shard) {
    return all.get(shard).healable();
  }

  /** Takes a log over from another member, see {@link io.dislog.raft.replica.Replica#heal}. */
  public void heal(int shard, String log, Member from) throws IOException {
    all.get(shard).heal(log, from);
  }

  /** The shards that nobody leads, as far as is known here. */
  public List<Integer> leaderless() {
    return groups().stream().filter(group -> group.leader() == null).map(Group::shard).toList();
  }

  /** The shards of which this node has entries, and has lost who the members are. */
  public List<Integer> memberless() {
    return groups().stream()
        .filter(group -> group.hasNoMembers() && group.formed())
        .map(Group::shard)
        .toList();
  }

  /** Whether this node holds nothing durable of a shard. */
  public boolean isEmpty(int shard) {
    return all.get(shard).isEmpty();
  }

  /** The shards of which this node has no raft log: it never took part in them, or forgot. */
  public List<Integer> missing() {
    return IntStream.range(0, all.size())
        .filter(shard -> all.get(shard).isMissing())
        .boxed()
        .toList();
  }

  /** Whether a shard's group, when it is taken away, is to come back as it was. */
  void setReopening(int shard, boolean now) {
    all.get(shard).setReopening(now);
  }

  /** Has a shard's raft log begin with an entry, once the shard's state is durable up to it. */
  public void cut(int shard, long index) {
    all.get(shard).cut(index);
  }

  @Override
  public StateMachine apply(RaftGroupId group) {
    try {
      return all.get(RaftIds.shard(group)).begin();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean has(RaftGroupId group) {
    int shard = RaftIds.shard(group);
    return shard >= 0 && shard < all.size();
  }

  @Override
  public CompletableFuture<ByteBuffer> answer(RaftGroupId group, String question) {
    return all.get(RaftIds.shard(group)).answer(question);
  }

  @Override
  public LeadershipCheck of(RaftServer.Division division) {
    return group(RaftIds.shard(division.getMemberId().getGroupId())).leadership();
  }

  @Override
  public void voted(RaftGroupId group, StoredVote vote) throws IOException {
    all.get(RaftIds.shard(group)).stand(vote);
  }

  @Override
  public void brokenOff(RaftGroupId group, RaftPeerId leader) {
    int shard = RaftIds.shard(group);
    RaftServer.Division division = group(shard).division();
    if (division != null) {
      failovers.get(shard).brokenOff(division, leader);
    }
  }

  @Override
  public boolean toldToFetch(RaftGroupId group, RaftPeerId leader) {
    return all.get(RaftIds.shard(group)).toldToFetch(leader);
  }

  /** Opens again what failed for want of room, its group being closed. */
  public void reopenFailed() throws IOException {
    for (LocalShard shard : all) {
      shard.reopenFailed();
    }
  }

  /** What follows is a close that this node wants. */
  public void closing() {
    for (LocalShard shard : all) {
      shard.closing();
    }
  }

  /** Closes what the shards hold, their groups being closed. */
  @Override
  public void close() throws IOException {
    List<IOException> failures = new ArrayList<>();
    for (LocalShard shard : all) {
      try {
        shard.close();
      } catch (IOException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }
}
