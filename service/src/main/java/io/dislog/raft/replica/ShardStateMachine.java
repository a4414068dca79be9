package io.dislog.raft.replica;

import io.dislog.commit.Member;
import io.dislog.raft.base.Applied;
import io.dislog.raft.base.EntryChunks;
import io.dislog.raft.base.Proposed;
import io.dislog.raft.base.Proposed.Outcome;
import io.dislog.raft.base.RaftIds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * Drives a {@link Replica} as Ratis tells it to. Ratis' threads call it; of those, the applying one
 * and the one that installs a peer's state shut each other out.
 */
public final class ShardStateMachine extends BaseStateMachine {

  private static final System.Logger LOGGER = System.getLogger(ShardStateMachine.class.getName());
  private static final long PAUSE_MILLIS = 500;

  private final Replica replica;
  private final ShardEvents events;
  private final CompactionPolicy compaction;
  private final EntryChunks chunks = new EntryChunks();
  private final OwnProposals proposals = new OwnProposals();
  private final ReentrantLock applying = new ReentrantLock();
  private volatile Applied settled;
  private volatile boolean closing;
  private volatile SnapshotHandshake handshake = SnapshotHandshake.nothing();
  private volatile @Nullable Thread installing;

  /**
   * @param settled up to where the replica has it, at least what it has durably
   */
  public ShardStateMachine(
      Replica replica, Applied settled, ShardEvents events, CompactionPolicy policy) {
    this.replica = replica;
    this.events = events;
    this.compaction = policy;
    this.settled = settled;
    setLastAppliedTermIndex(settled.termIndex());
  }

  /** Up to where the replica has it. */
  public Applied settled() {
    return settled;
  }

  @Override
  public void initialize(RaftServer server, RaftGroupId group, RaftStorage storage)
      throws IOException {
    super.initialize(server, group, storage);
    getLifeCycle().startAndTransition(() -> {});
    events.joined(server.getDivision(group));
    events.applied(getLastAppliedTermIndex().getIndex());
  }

  @Override
  public void pause() {
    getLifeCycle().transition(LifeCycle.State.PAUSING);
    getLifeCycle().transition(LifeCycle.State.PAUSED);
  }

  @Override
  public void reinitialize() {
    settled = replica.durable();
    setLastAppliedTermIndex(settled.termIndex());
    getLifeCycle().startAndTransition(() -> {});
    events.applied(getLastAppliedTermIndex().getIndex());
  }

  /**
   * What is durable of that which Ratis has seen. A state that was fetched but not taken over is
   * ahead of its log: if that were told, Ratis would take no entry of a leader any more.
   */
  @Override
  public @Nullable SnapshotInfo getLatestSnapshot() {
    TermIndex durable = replica.durable().termIndex();
    TermIndex seen = getLastAppliedTermIndex();
    TermIndex last = durable.getIndex() <= seen.getIndex() ? durable : seen;
    return last.getIndex() < 0 ? null : new Snapshot(last);
  }

  @Override
  public TransactionContext startTransaction(RaftClientRequest request) {
    TransactionContext.Builder transaction =
        TransactionContext.newBuilder().setStateMachine(this).setClientRequest(request);
    return request.getMessage() instanceof Proposed proposed
        ? transaction.setStateMachineContext(proposed).build()
        : transaction.build().setException(new IOException("entries come from this process alone"));
  }

  /** Called when the entry goes into this node's raft log, in the order of that. */
  @Override
  public TransactionContext preAppendTransaction(TransactionContext transaction) {
    if (transaction.getStateMachineContext() instanceof Proposed proposed) {
      proposals.appended(proposed, transaction);
    }
    return transaction;
  }

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    applying.lock();
    try {
      apply(transaction);
      Exception failure = replica.failure();
      if (failure == null) {
        return CompletableFuture.completedFuture(Message.EMPTY);
      }
      events.failed("its state can't be written", failure);
      return CompletableFuture.failedFuture(failure);
    } catch (RuntimeException | Error e) {
      // Were it thrown, Ratis would close the group, and throw it again after each restart.
      events.failed("an entry can't be applied", e);
      return CompletableFuture.failedFuture(e);
    } finally {
      applying.unlock();
    }
  }

  private void apply(TransactionContext transaction) {
    LogEntryProto entry = transaction.getLogEntry();
    Proposed own = proposals.take(entry);
    Outcome outcome = apply(entry, own);
    if (own != null) {
      own.end(outcome);
    }
  }

  private Outcome apply(LogEntryProto entry, @Nullable Proposed own) {
    Applied at = new Applied(entry.getTerm(), entry.getIndex());
    if (at.index() <= getLastAppliedTermIndex().getIndex() || replica.failure() != null) {
      return Outcome.UNKNOWN; // A peer's state that was taken over meanwhile has it.
    }
    ByteString bytes = entry.getStateMachineLogEntry().getLogData();
    compaction.add(at.index(), bytes.size());
    if (at.index() <= settled.index()) {
      advance(at); // A peer's state has it that was fetched, and that Ratis knows nothing of.
      return Outcome.UNKNOWN;
    }
    ByteBuffer whole = chunks.join(at.term(), bytes, own);
    if (whole != null) {
      replica.apply(at, whole, own == null ? null : own.proposal());
    }
    advance(at);
    return replica.failure() == null ? Outcome.APPLIED : Outcome.UNKNOWN;
  }

  @Override
  public void notifyTermIndexUpdated(long term, long index) {
    applying.lock();
    try {
      if (index > getLastAppliedTermIndex().getIndex()) {
        Applied at = new Applied(term, index);
        proposals.reached(term);
        if (index > settled.index()) {
          chunks.pass(term);
          if (!chunks.begun()) {
            replica.pass(at);
          }
        }
        advance(at);
      }
    } finally {
      applying.unlock();
    }
  }

  private void advance(Applied at) {
    if (replica.failure() != null) {
      return; // It does not show: whoever waits for it must not be told so.
    }
    if (!chunks.begun() && at.index() > settled.index()) {
      settled = at;
    }
    updateLastAppliedTermIndex(at.term(), at.index());
    events.applied(at.index());
  }

  /** Asked after every entry: says up to where the raft log is needed no more, now and then. */
  @Override
  public long takeSnapshot() throws IOException {
    applying.lock();
    try {
      if (!closing && !compaction.isDue()) {
        return RaftLog.INVALID_LOG_INDEX;
      }
      Applied durable = replica.checkpoint(closing || compaction.isCutting());
      return compaction.checkpoint(durable.index());
    } finally {
      applying.unlock();
    }
  }

  @Override
  public CompletableFuture<TermIndex> notifyInstallSnapshotFromLeader(
      RoleInfoProto role, TermIndex firstInLog) {
    Applied atLeast = new Applied(firstInLog.getTerm(), firstInLog.getIndex() - 1);
    if (atLeast.index() < 0) {
      return CompletableFuture.completedFuture(null); // The leader's log has everything.
    }
    RaftPeerProto leader = role.getFollowerInfo().getLeaderInfo().getId();
    SnapshotHandshake now = new SnapshotHandshake(RaftPeerId.valueOf(leader.getId()));
    handshake = now;
    Thread.ofPlatform()
        .name("install-" + RaftIds.shard(getGroupId()))
        .daemon()
        .start(() -> install(leader, atLeast, now));
    return now.taken();
  }

  private void install(RaftPeerProto leader, Applied atLeast, SnapshotHandshake now) {
    applying.lock();
    installing = Thread.currentThread();
    try {
      Member from =
          RaftIds.member(
              leader.getId().toStringUtf8(), leader.getAddress(), leader.getDataStreamAddress());
      Applied reached =
          settled.index() >= atLeast.index() && !chunks.begun()
              ? replica.checkpoint(true)
              : replica.install(from, atLeast);
      chunks.clear();
      compaction.restart(reached.index());
      settled = reached;
      proposals.giveUp();
      now.reached(reached.termIndex());
    } catch (IOException | RuntimeException e) {
      String who = leader.getId().toStringUtf8();
      LOGGER.log(System.Logger.Level.WARNING, "fetching the state of {0} failed: {1}", who, e);
      // The leader tells at once again that it is to be installed.
      CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)
          .execute(() -> now.failed(e));
    } finally {
      installing = null;
      applying.unlock();
    }
    Exception failure = replica.failure();
    if (failure != null) {
      events.failed("its state can't be written", failure);
    }
  }

  /** A leader is about to tell Ratis to have this node's state fetched, maybe once more. */
  public void toldToFetch(RaftPeerId leader) {
    handshake.askedBy(leader);
  }

  @Override
  public void notifyLeaderChanged(RaftGroupMemberId self, RaftPeerId leader) {
    handshake.ledBy(leader);
    events.elected(leader.toString());
  }

  @Override
  public void notifyLeaderReady() {
    events.leadershipChanged(true);
  }

  @Override
  public void notifyNotLeader(Collection<TransactionContext> pending) {
    events.leadershipChanged(false);
  }

  @Override
  public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto entry) {
    events.failed("the raft log can't be written", cause);
  }

  @Override
  public void notifyGroupRemove() {
    events.removed();
  }

  /** What follows is a close that this node wants. */
  public void closing() {
    closing = true;
    Thread installer = installing;
    if (installer != null) {
      installer.interrupt();
    }
  }

  /** The applying thread ends. The replica is closed by whoever opened it. */
  @Override
  public void close() {
    proposals.giveUp();
    events.closed();
  }
}
