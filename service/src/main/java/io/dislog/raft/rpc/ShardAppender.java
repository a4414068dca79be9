package io.dislog.raft.rpc;

import io.dislog.raft.rpc.InFlight.Sent;
import io.dislog.raft.transport.Peer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppenderBase;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * Sends a shard's entries from its leader to one follower. A thread of its own sends, and waits for
 * no answer; those come by the connections' threads.
 *
 * <ul>
 *   <li>Entries go over a connection of this appender alone, several requests at once.
 *   <li>What keeps the leader in its place goes beside them, over the one that all shards share.
 *   <li>What is committed is told with the next entries, or a moment later without any.
 *   <li>A follower that lacks entries which the raft log has no more is told to fetch, again and
 *       again until it has.
 * </ul>
 */
final class ShardAppender extends LogAppenderBase {

  private static final System.Logger LOGGER = System.getLogger(ShardAppender.class.getName());

  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int MOST_HEARTBEATS = 8;

  private final RaftPeers peers;
  private final Peer entries;
  private final Wakeup signal = new Wakeup();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicInteger heartbeats = new AtomicInteger();
  private final FetchNotice fetching;
  private final CommitNotice commits = new CommitNotice();
  private final InFlight inFlight = new InFlight(); // Guarded by itself, with the next index.
  private volatile long retryNanos = System.nanoTime();

  ShardAppender(
      RaftServer.Division division, LeaderState state, FollowerInfo follower, RaftPeers peers) {
    super(division, state, follower);
    this.peers = peers;
    this.entries = peers.forEntries(follower);
    this.fetching = new FetchNotice(this, peers);
  }

  @Override
  public void run() throws IOException {
    try {
      while (isRunning()) {
        long nanos = step();
        getLeaderState().checkHealth(getFollower());
        signal.await(nanos);
      }
    } finally {
      entries.close();
    }
  }

  /** Not Ratis' own signal (3.3.0), which nobody hears who waits only a moment later. */
  @Override
  public void notifyLogAppender() {
    signal.give();
  }

  @Override
  public CompletableFuture<LifeCycle.State> stopAsync() {
    entries.close();
    return super.stopAsync();
  }

  @Override
  public long getCallId() {
    return calls.get();
  }

  @Override
  public Comparator<Long> getCallIdComparator() {
    return Comparator.naturalOrder();
  }

  @Override
  public boolean hasPendingDataRequests() {
    synchronized (inFlight) {
      return !inFlight.isEmpty();
    }
  }

  /**
   * Sends what is to be sent.
   *
   * @return how long nothing else is, unless somebody says so earlier
   */
  private long step() throws IOException {
    boolean fetches = fetching.tell();
    if (getHeartbeatWaitTimeMs() <= 0) {
      sendHeartbeat();
    }
    boolean retries = fetches || isRetrying() || !sendEntries();
    long idle = retries ? RETRY_NANOS : tellCommitted();
    renewWhereStuck();
    return Math.min(idle, nanosUntilHeartbeat());
  }

  /** Tells what is committed where no entries do; returns for how long it need not. */
  private long tellCommitted() throws IOException {
    if (hasPendingDataRequests()) {
      return Long.MAX_VALUE; // Their answers come first.
    }
    long has = getFollower().getNextIndex() - 1;
    long committed = Math.min(getRaftLog().getLastCommittedIndex(), has);
    long nanos = commits.nanosUntilDue(committed, System.nanoTime());
    if (nanos == 0) {
      sendHeartbeat();
    }
    return nanos == 0 ? RETRY_NANOS : nanos;
  }

  private long nanosUntilHeartbeat() {
    return TimeUnit.MILLISECONDS.toNanos(Math.max(1, getHeartbeatWaitTimeMs()));
  }

  private boolean isRetrying() {
    return System.nanoTime() - retryNanos < 0;
  }

  /** Sends all entries that may be sent; says whether they could be. */
  private boolean sendEntries() throws IOException {
    while (hasAppendEntries() && hasRoom()) {
      if (!entries.isConnected()) {
        if (peers.isConnected(getFollowerId())) { // Else heartbeats try to connect for all shards.
          entries.connect(signal::give);
        }
        return false;
      }
      AppendEntriesRequestProto request = newAppendEntriesRequest(calls.getAndIncrement(), false);
      if (request == null) {
        return false;
      } else if (request.getEntriesCount() == 0) { // It has become time for that.
        resetHeartbeatTrigger();
        send(request);
      } else {
        sendIfNext(request, Sent.of(request));
      }
    }
    return true;
  }

  private void sendIfNext(AppendEntriesRequestProto request, Sent sent) {
    synchronized (inFlight) {
      if (getFollower().getNextIndex() != sent.first()) {
        return; // An answer has changed it meanwhile.
      }
      inFlight.add(sent);
      getFollower().increaseNextIndex(sent.next());
    }
    send(request, sent);
  }

  private void send(AppendEntriesRequestProto request, Sent sent) {
    commits.tell(request);
    getFollower().updateLastRpcSendTime(false);
    var _ =
        entries
            .call(Kind.ENTRIES.number(), new ProtoBody(request))
            .whenComplete((answer, why) -> heard(sent, answer, why));
  }

  private void sendHeartbeat() throws IOException {
    resetHeartbeatTrigger();
    send(newAppendEntriesRequest(calls.getAndIncrement(), true));
  }

  /** Where nobody answers them, none more is sent, and entries have their turn. */
  private void send(AppendEntriesRequestProto heartbeat) {
    getFollower().updateLastRpcSendTime(true);
    if (heartbeats.get() >= MOST_HEARTBEATS) {
      return;
    }
    commits.tell(heartbeat);
    heartbeats.incrementAndGet();
    var _ =
        peers
            .call(getFollowerId(), Kind.HEARTBEAT, new ProtoBody(heartbeat))
            .whenComplete((answer, why) -> {
              heartbeats.decrementAndGet();
              heard(null, answer, why);
            });
  }

  private boolean hasRoom() {
    synchronized (inFlight) {
      return inFlight.hasRoom();
    }
  }

  private void heard(@Nullable Sent sent, @Nullable ByteBuffer answer, @Nullable Throwable why) {
    try {
      if (answer == null) {
        failed(sent, why);
      } else {
        answered(sent, ProtoBody.read(answer, AppendEntriesReplyProto.parser()));
      }
    } catch (IOException | RuntimeException e) {
      failed(sent, e);
    }
    signal.give();
  }

  private void answered(@Nullable Sent sent, AppendEntriesReplyProto reply) {
    if (!isRunning()) {
      return;
    }
    getFollower().updateLastRpcResponseTime();
    boolean awaited = isAwaited(sent);
    switch (reply.getResult()) {
      case SUCCESS -> has(reply);
      case NOT_LEADER -> {
        if (awaited && sent != null) { // If this node leads on: a new member's term may be newer.
          sendAgain(sent.first());
        }
        // That may wait for a disk, and this thread hears for other shards, too.
        Thread.startVirtualThread(() -> onFollowerTerm(reply.getTerm()));
      }
      case INCONSISTENCY -> {
        if (awaited) {
          lacks(sent, reply.getNextIndex());
        }
      }
      case UNRECOGNIZED -> throw new IllegalStateException("a result of append that is unknown");
    }
    getLeaderState().onAppendEntriesReply(this, reply);
  }

  /** Whether an answer is to what was sent last, rather than to what was given up meanwhile. */
  private boolean isAwaited(@Nullable Sent sent) {
    synchronized (inFlight) {
      return sent == null ? inFlight.isEmpty() : inFlight.remove(sent);
    }
  }

  private void has(AppendEntriesReplyProto reply) {
    getLeaderState().onFollowerCommitIndex(getFollower(), reply.getFollowerCommit());
    boolean more;
    synchronized (inFlight) {
      more = getFollower().updateMatchIndex(reply.getMatchIndex());
      if (more) {
        getFollower().updateNextIndex(reply.getMatchIndex() + 1);
      }
    }
    if (more) {
      getLeaderState().onFollowerSuccessAppendEntries(getFollower());
    }
  }

  private void lacks(@Nullable Sent sent, long next) {
    retryNanos = System.nanoTime() + RETRY_NANOS;
    synchronized (inFlight) {
      inFlight.clear();
      long first = sent == null ? RaftLog.INVALID_LOG_INDEX : sent.first();
      getFollower().setNextIndex(getNextIndexForInconsistency(first, next));
    }
  }

  private void failed(@Nullable Sent sent, @Nullable Throwable why) {
    LOGGER.log(Level.DEBUG, "{0} is not told: {1}", this, why);
    retryNanos = System.nanoTime() + RETRY_NANOS; // Of a heartbeat, too.
    synchronized (inFlight) {
      Sent oldest = inFlight.oldest();
      if (sent != null && oldest != null && inFlight.remove(sent)) {
        sendAgain(oldest.first());
      }
    }
    commits.takeBack(getFollower().getCommitIndex());
  }

  private void sendAgain(long first) {
    retryNanos = System.nanoTime() + RETRY_NANOS;
    synchronized (inFlight) {
      inFlight.clear();
      getFollower().computeNextIndex(getNextIndexForError(first));
    }
  }

  private void renewWhereStuck() {
    long silentNanos =
        getFollower().getLastRpcResponseTime().elapsedTime().toLong(TimeUnit.NANOSECONDS);
    boolean stuck;
    synchronized (inFlight) {
      stuck = inFlight.isStuck(silentNanos);
    }
    if (stuck) {
      entries.renew();
    }
  }
}
