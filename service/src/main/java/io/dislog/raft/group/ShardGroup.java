package io.dislog.raft.group;

import io.dislog.command.Rejection;
import io.dislog.commit.Cluster;
import io.dislog.commit.Member;
import io.dislog.raft.base.AppliedIndex;
import io.dislog.raft.base.EntryChunks;
import io.dislog.raft.base.Proposed;
import io.dislog.raft.base.Proposed.Outcome;
import io.dislog.raft.base.RaftIds;
import io.dislog.raft.replica.Group;
import io.dislog.raft.replica.Replica;
import io.dislog.raft.rpc.ConfirmedMembership;
import io.dislog.raft.rpc.LeadershipCheck;
import io.dislog.raft.rpc.RaftAdminClient;
import io.dislog.raft.rpc.RaftSettings;
import io.dislog.raft.rpc.Replies;
import io.dislog.raft.rpc.SingleFlight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.raftlog.RaftLog;
import org.jspecify.annotations.Nullable;

/**
 * This node's side of a shard's raft group: proposes entries where this node leads, and knows who
 * does where it doesn't. Safe for use by many threads.
 */
public final class ShardGroup implements Group {

  private static final long RETRY_MILLIS = 20;
  private static final Duration ROSTER_PATIENCE = Duration.ofSeconds(2);

  /** For the next leader's first entry; elections on a busy machine take about so long. */
  private static final Duration OUTCOME_PATIENCE = Duration.ofSeconds(3);

  private final int shard;
  private final RaftAdminClient admin;
  private final LeadershipCheck leadership = new LeadershipCheck();
  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong elections = new AtomicLong();
  private final AppliedIndex appliedIndex = new AppliedIndex();
  private final SingleFlight<Boolean> fresh = new SingleFlight<>(this::freshenOnce);
  private final SingleFlight<Long> readIndex = new SingleFlight<>(this::confirmedIndex);
  private volatile RaftServer.@Nullable Division division;
  private volatile boolean leading;
  private volatile List<RaftPeer> lastPeers = List.of();

  public ShardGroup(int shard, RaftAdminClient admin) {
    this.shard = shard;
    this.admin = admin;
  }

  @Override
  public int shard() {
    return shard;
  }

  @Override
  public boolean leads() {
    RaftServer.Division here = division;
    return leading && here != null && here.getInfo().isLeaderReady();
  }

  @Override
  public CompletionStage<Void> propose(ByteBuffer entry, Object proposal) {
    RaftServer.Division here = division;
    if (here == null || !leads()) {
      return CompletableFuture.failedFuture(
          new Rejection.NoLeader("this node does not lead shard " + shard, true));
    }
    List<Proposed> chunks = EntryChunks.cut(entry, proposal, RaftSettings.ENTRY_BYTES);
    Proposed last = chunks.getLast();
    return submitAll(here, chunks)
        .handle((reply, failure) -> Replies.cause(reply, failure))
        .thenCompose(
            why -> why == null ? CompletableFuture.completedStage(null) : awaitOutcome(last, why));
  }

  /**
   * If Ratis can't tell what became of an entry, waits a moment: as a follower of the next leader,
   * this node sees it.
   */
  private static CompletionStage<Void> awaitOutcome(Proposed entry, Throwable why) {
    return !entry.wasAppended()
        ? CompletableFuture.failedStage(Replies.rejection(why, true))
        : entry
            .outcome()
            .completeOnTimeout(Outcome.UNKNOWN, OUTCOME_PATIENCE.toNanos(), TimeUnit.NANOSECONDS)
            .thenCompose(outcome ->
                outcome == Outcome.APPLIED
                    ? CompletableFuture.completedStage(null)
                    : CompletableFuture.failedStage(
                        Replies.rejection(why, outcome == Outcome.OVERWRITTEN)));
  }

  /** One thread at a time, for parts must follow each other. */
  private synchronized CompletableFuture<RaftClientReply> submitAll(
      RaftServer.Division here, List<Proposed> chunks) {
    CompletableFuture<RaftClientReply> reply = submit(here, chunks.getFirst());
    for (Proposed part : chunks.subList(1, chunks.size())) {
      if (reply.isCompletedExceptionally() || (reply.isDone() && !reply.join().isSuccess())) {
        return reply;
      }
      reply = submit(here, part);
    }
    return reply;
  }

  /**
   * To the division itself: the server's method of this name hands it to a thread and waits for
   * that, and was measured to take 3.5 times as long.
   */
  private CompletableFuture<RaftClientReply> submit(RaftServer.Division here, Proposed part) {
    RaftClientRequest request =
        RaftClientRequest.newBuilder()
            .setClientId(client)
            .setServerId(here.getId())
            .setGroupId(RaftIds.group(shard))
            .setCallId(calls.incrementAndGet())
            .setMessage(part)
            .setType(RaftClientRequest.writeRequestType())
            .build();
    try {
      return ((RaftClientAsynchronousProtocol) here).submitClientRequestAsync(request);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** See {@link Cluster#freshen}. */
  public CompletionStage<Boolean> freshen(Duration patience) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    freshen(System.nanoTime() + patience.toNanos(), answer);
    return answer.completeOnTimeout(false, patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void freshen(long until, CompletableFuture<Boolean> answer) {
    var _ =
        fresh
            .join()
            .whenComplete((is, failure) -> {
              if (failure == null && is) {
                answer.complete(true);
              } else if (System.nanoTime() - until > 0 || answer.isDone()) {
                answer.complete(false);
              } else {
                CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> freshen(until, answer));
              }
            });
  }

  private CompletableFuture<Boolean> freshenOnce() {
    RaftServer.Division here = division;
    RaftPeerId leader = here == null ? null : here.getInfo().getLeaderId();
    if (here == null || leader == null) {
      return CompletableFuture.completedFuture(false);
    }
    CompletableFuture<Long> index =
        leader.equals(here.getId())
            ? readIndex.join()
            : admin.readIndex(RaftIds.group(shard), leader);
    return index.thenCompose(appliedIndex::await).handle((shown, failure) -> failure == null);
  }

  /**
   * The index that must be applied wherever an answer is to be fresh.
   *
   * @return ends exceptionally where this node does not lead
   */
  CompletableFuture<Long> readIndex() {
    return readIndex.join();
  }

  private CompletableFuture<Long> confirmedIndex() {
    RaftServer.Division here = division;
    if (here == null || !leads()) {
      return CompletableFuture.failedFuture(new Rejection.NoLeader("does not lead", true));
    }
    long index = here.getRaftLog().getLastCommittedIndex();
    return leadership
        .confirm(here)
        .thenApply(held -> {
          if (!held) {
            throw new Rejection.NoLeader("leads no more", true);
          }
          return index;
        });
  }

  /** Entries up to this one show. */
  void setApplied(long index) {
    appliedIndex.goTo(index);
  }

  void elected() {
    elections.incrementAndGet();
  }

  void setLeading(boolean now) {
    leading = now;
    if (!now) {
      leadership.ends();
    }
  }

  public LeadershipCheck leadership() {
    return leadership;
  }

  /** Takes part from now on, or no more. */
  void takePart(RaftServer.@Nullable Division now) {
    lastPeers = lastPeers();
    division = now;
    if (now == null) {
      setLeading(false);
    }
  }

  public RaftServer.@Nullable Division division() {
    return division;
  }

  /**
   * Who leads, as far as is known here, or null; this node only once it may propose, for whoever
   * asks would be refused till then, and had better wait.
   */
  public @Nullable Member leader() {
    RaftServer.Division here = division;
    RaftPeerId id = here == null ? null : here.getInfo().getLeaderId();
    if (here != null && here.getId().equals(id) && !leads()) {
      return null;
    }
    RaftPeer peer = here == null || id == null ? null : here.getRaftConf().getPeer(id);
    return peer == null ? null : RaftIds.member(peer);
  }

  /** The members when this node last knew. */
  public List<RaftPeer> lastPeers() {
    RaftServer.Division here = division;
    return here == null ? lastPeers : List.copyOf(here.getRaftConf().getCurrentPeers());
  }

  /** Up to where entries show here. */
  public long applied() {
    return appliedIndex.applied();
  }

  /** Who the members are, where this node can make sure of it. */
  public CompletableFuture<ConfirmedMembership> confirmed() {
    return freshen(ROSTER_PATIENCE)
        .thenApply(is -> {
          RaftServer.Division here = division;
          if (!is || here == null) {
            throw new Rejection.NoLeader("the members are not known", true);
          }
          return new ConfirmedMembership(
              applied(), ConfirmedMembership.ids(here.getRaftConf().getAllPeers()));
        })
        .toCompletableFuture();
  }

  /** The members; while a change of them is being agreed on, those who are to leave, too. */
  public List<Member> members() {
    RaftServer.Division here = division;
    return here == null
        ? List.of()
        : here.getRaftConf().getAllPeers().stream().map(RaftIds::member).toList();
  }

  /** Whether this node takes part and doesn't know with whom. */
  public boolean hasNoMembers() {
    return division != null && members().isEmpty();
  }

  /**
   * Whether anything of this shard's raft log was ever written here, or fetched, or may have been.
   */
  public boolean formed() {
    RaftServer.Division here = division;
    RaftLog log = log(here);
    return applied() >= 0 || (here != null && (log == null || log.getLastEntryTermIndex() != null));
  }

  /** Null also for the moment in which a group is there, and its log is being opened. */
  private static @Nullable RaftLog log(RaftServer.@Nullable Division division) {
    try {
      return division == null ? null : division.getRaftLog();
    } catch (IllegalStateException e) {
      return null;
    }
  }

  Cluster.ShardStatus status(@Nullable Replica held) {
    RaftServer.Division here = division;
    RaftLog log = log(here);
    Member leader = leader();
    return new Cluster.ShardStatus(
        shard,
        leader == null ? null : leader.id(),
        here == null ? 0 : here.getInfo().getCurrentTerm(),
        members().stream().map(Member::id).sorted().toList(),
        log == null ? -1 : log.getLastCommittedIndex(),
        applied(),
        elections.get(),
        held == null ? 0 : held.fetchedBytes(),
        held == null ? 0 : held.damaged().size(),
        held == null ? 0 : held.healed());
  }
}
