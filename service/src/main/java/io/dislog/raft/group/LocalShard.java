package io.dislog.raft.group;

import io.dislog.command.Rejection;
import io.dislog.commit.Cluster.ShardStatus;
import io.dislog.commit.Member;
import io.dislog.raft.base.Applied;
import io.dislog.raft.replica.CompactionPolicy;
import io.dislog.raft.replica.Replica;
import io.dislog.raft.replica.Replicas;
import io.dislog.raft.replica.ShardEvents;
import io.dislog.raft.replica.ShardStateMachine;
import io.dislog.raft.rpc.ConfirmedMembership;
import io.dislog.raft.rpc.LogEnd;
import io.dislog.raft.rpc.RaftAdminClient;
import io.dislog.raft.vote.StoredVote;
import io.dislog.raft.vote.VoteStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.statemachine.StateMachine;
import org.jspecify.annotations.Nullable;

/**
 * What this node has of one shard: its replica, its {@link ShardGroup}, and what connects them
 * while it takes part. Safe for use by many threads.
 */
final class LocalShard implements ShardEvents, Closeable {

  private final ShardGroup group;
  private final Path folder;
  private final VoteStore votes;
  private final Replicas replicas;
  private final Shards.Watcher watcher;
  private volatile @Nullable Replica replica;
  private volatile @Nullable ShardStateMachine machine;
  private volatile CompactionPolicy compaction = CompactionPolicy.ofShard();
  private volatile boolean reopening;

  /**
   * @param folder of its raft log
   * @param votes for whom this node stands in each shard
   * @param watcher is told what becomes of it
   */
  LocalShard(
      ShardGroup group, Path folder, VoteStore votes, Replicas replicas, Shards.Watcher watcher) {
    this.group = group;
    this.folder = folder;
    this.votes = votes;
    this.replicas = replicas;
    this.watcher = watcher;
  }

  ShardGroup group() {
    return group;
  }

  ShardStatus status() {
    return group.status(replica);
  }

  /** The logs of it that this node can't serve whole. */
  List<String> damaged() {
    Replica held = replica;
    return held == null ? List.of() : held.damaged();
  }

  /** Those of them that can be taken over from another member. */
  List<String> healable() {
    Replica held = replica;
    return held == null ? List.of() : held.healable();
  }

  /** Takes a log over from another member, see {@link Replica#heal}. */
  void heal(String log, Member from) throws IOException {
    Replica held = replica;
    if (held != null) {
      held.heal(log, from);
    }
  }

  /** Whether nothing of it was made durable here. */
  boolean isEmpty() {
    Replica held = replica;
    return held == null || held.durable().index() < 0;
  }

  /** Whether there is no raft log of it. */
  boolean isMissing() {
    return !Files.exists(folder);
  }

  /** Says whether its group, when it is taken away, is to come back as it was. */
  void setReopening(boolean now) {
    reopening = now;
  }

  /** Has the raft log begin with an entry, once the state is durable up to it. */
  void cut(long index) {
    compaction.cut(index);
  }

  synchronized void open() throws IOException {
    replica = replicas.open(group);
  }

  /**
   * Ratis makes the group, from its folder or anew. Where there is no raft log, what the shard's
   * logs hold here goes: it is of another history. A first member with such logs does not come to
   * this, see {@code Bootstrap}.
   */
  synchronized StateMachine begin() throws IOException {
    if (isMissing()) {
      watcher.joins(group.shard());
      votes.forget(group.shard());
      if (!isEmpty()) {
        startEmpty();
      }
    }
    Replica held = replica;
    if (held == null) {
      throw new IOException("shard %d is not open".formatted(group.shard()));
    }
    ShardStateMachine before = machine;
    // What Ratis applies again, after it alone was closed, the replica has already.
    Applied durable = held.durable();
    Applied settled =
        before == null || before.settled().index() < durable.index() ? durable : before.settled();
    compaction = CompactionPolicy.ofShard();
    ShardStateMachine now = new ShardStateMachine(held, settled, this, compaction);
    machine = now;
    return now;
  }

  /**
   * A leader is about to tell Ratis to have its state fetched.
   *
   * @return whether Ratis can hear it
   */
  boolean toldToFetch(RaftPeerId leader) {
    ShardStateMachine driven = machine;
    if (driven == null) {
      return true; // There is no group, which Ratis says.
    }
    driven.toldToFetch(leader);
    RaftServer.Division division = group.division();
    try {
      return division != null
          && division.getStateMachine() == driven
          && division.getRaftLog().isOpened();
    } catch (IllegalStateException e) {
      return false; // So it says as long as it has no raft log.
    }
  }

  /** Opens again what failed for want of room, its group being closed. */
  synchronized void reopenFailed() throws IOException {
    Replica held = replica;
    if (held == null || held.failure() != null) {
      close();
      open();
    }
  }

  private void startEmpty() throws IOException {
    close();
    replicas.discard(group.shard());
    group.setApplied(-1);
    open();
  }

  /** What follows is a close that this node wants. */
  void closing() {
    ShardStateMachine driving = machine;
    if (driving != null) {
      driving.closing();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    Replica held = replica;
    replica = null;
    machine = null;
    if (held != null) {
      held.close();
    }
  }

  /**
   * Stands for a node, durably when this returns.
   *
   * @throws IOException where the disk refuses; this node can't go on then
   */
  void stand(StoredVote vote) throws IOException {
    try {
      votes.stand(group.shard(), vote);
    } catch (IOException e) {
      // Also where it is for want of room: this must not be put off until there is some again.
      failed("for whom this node stands can't be written: " + e.getMessage(), null);
      throw e;
    }
  }

  @Override
  public void joined(RaftServer.Division division) {
    group.takePart(division);
  }

  @Override
  public void applied(long index) {
    group.setApplied(index);
  }

  @Override
  public void elected(String leader) {
    group.elected();
    RaftServer.Division division = group.division();
    if (division != null) {
      try {
        stand(new StoredVote(division.getInfo().getCurrentTerm(), leader));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void leadershipChanged(boolean leading) {
    group.setLeading(leading);
    Replica held = replica;
    if (held != null) {
      held.leadershipChanged(leading);
    }
  }

  /** Answers another node what {@link RaftAdminClient} asks. Never blocks. */
  CompletableFuture<ByteBuffer> answer(String question) {
    RaftServer.Division here = group.division();
    if (here == null || group.applied() < 0) {
      return CompletableFuture.failedFuture(
          new Rejection.NoLeader("nothing was agreed on here in shard " + group.shard(), true));
    }
    return switch (question) {
      case RaftAdminClient.CLOCK ->
          CompletableFuture.completedFuture(RaftAdminClient.Told.now().encode());
      case RaftAdminClient.REPORT -> CompletableFuture.completedFuture(watcher.report());
      case RaftAdminClient.LOG_END -> CompletableFuture.completedFuture(LogEnd.of(here).encode());
      case RaftAdminClient.ROSTER -> group.confirmed().thenApply(ConfirmedMembership::encode);
      case RaftAdminClient.READ_INDEX -> group.readIndex().thenApply(LocalShard::number);
      default ->
          CompletableFuture.failedFuture(
              new Rejection.NotReady("this version does not know the question " + question));
    };
  }

  private static ByteBuffer number(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).flip();
  }

  @Override
  public void failed(String what, @Nullable Throwable cause) {
    watcher.failed("shard %d: %s".formatted(group.shard(), what), cause);
  }

  @Override
  public void closed() {
    group.takePart(null);
  }

  @Override
  public synchronized void removed() {
    if (reopening) {
      return;
    }
    try {
      startEmpty();
      watcher.removed(group.shard());
    } catch (IOException e) {
      failed("what it held can't be put aside", e);
    }
  }
}
