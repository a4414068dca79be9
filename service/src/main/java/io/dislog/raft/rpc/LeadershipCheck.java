package io.dislog.raft.rpc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto.AppendResult;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LogAppender;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that a node that leads a shard still does, by hearing from a majority after it was
 * asked (Ongaro's thesis, 6.4). Safe for use by many threads.
 *
 * <p>Ratis 3.3.0 has this too, but what it says doesn't hold. It asks nobody where the commit index
 * was confirmed once before, so that a leader that was paused, while another was elected, answers
 * with what it had. And its lease ends too late: a follower that has heard from the leader votes
 * for another all the same where the other's term is higher.
 */
public final class LeadershipCheck {

  private static final long PATIENCE_MILLIS = 1_000;

  private final List<LogAppender> appenders = new CopyOnWriteArrayList<>();
  private final Set<Round> rounds = ConcurrentHashMap.newKeySet();

  /** A leader's appender begins to send to its follower. */
  void sends(LogAppender appender) {
    appenders.removeIf(
        known -> !known.isRunning() && known.getFollowerId().equals(appender.getFollowerId()));
    appenders.add(appender);
  }

  /** Forgets the followers. */
  public void ends() {
    appenders.clear();
    rounds.forEach(round -> round.done.complete(false));
  }

  /** A follower answered. */
  void heard(LogAppender appender, AppendEntriesReplyProto reply) {
    for (Round round : rounds) {
      round.heard(appender, reply);
    }
  }

  /** How a follower is, or null where this node doesn't know. */
  public @Nullable FollowerInfo follower(RaftPeerId id) {
    return followers().stream()
        .filter(follower -> follower.getId().equals(id))
        .findFirst()
        .orElse(null);
  }

  /** How the followers are that are sent to. */
  public List<FollowerInfo> followers() {
    return appenders.stream().filter(LogAppender::isRunning).map(LogAppender::getFollower).toList();
  }

  /** Whether the division leads, at some time after this was called. */
  public CompletableFuture<Boolean> confirm(RaftServer.Division division) {
    if (!division.getInfo().isLeaderReady()) {
      return CompletableFuture.completedFuture(false);
    }
    Round round = new Round(division);
    if (round.hasMajority()) {
      return CompletableFuture.completedFuture(true);
    }
    rounds.add(round);
    round.begin(appenders);
    return round
        .done
        .completeOnTimeout(false, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .whenComplete((held, failure) -> rounds.remove(round));
  }

  /** One question to all followers. */
  private static final class Round {

    private final RaftServer.Division division;
    private final RaftConfiguration configuration;
    private final long term;
    private final Map<LogAppender, Long> firstCalls = new ConcurrentHashMap<>();
    private final Set<RaftPeerId> acknowledged = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();

    Round(RaftServer.Division division) {
      this.division = division;
      this.configuration = division.getRaftConf();
      this.term = division.getInfo().getCurrentTerm();
      acknowledged.add(division.getId());
    }

    void begin(List<LogAppender> appenders) {
      for (LogAppender appender : new ArrayList<>(appenders)) {
        if (appender.isRunning()) {
          // Only what is sent from now on tells anything of now.
          firstCalls.put(appender, appender.getCallId());
          appender.triggerHeartbeat();
        }
      }
    }

    void heard(LogAppender appender, AppendEntriesReplyProto reply) {
      Long firstCall = firstCalls.get(appender);
      if (firstCall == null || done.isDone()) {
        return;
      }
      long call = reply.getServerReply().getCallId();
      if (appender.getCallIdComparator().compare(call, firstCall) < 0) {
        appender.triggerHeartbeat(); // One that was being sent may have swallowed ours.
      } else if (reply.getResult() == AppendResult.NOT_LEADER || reply.getTerm() != term) {
        done.complete(false);
      } else if (acknowledged.add(appender.getFollowerId()) && hasMajority()) {
        done.complete(division.getInfo().isLeader() && hasSameMembers());
      }
    }

    private boolean hasSameMembers() {
      return division.getRaftConf().getLogEntryIndex() == configuration.getLogEntryIndex();
    }

    /** Of the old members too, while they change. */
    boolean hasMajority() {
      return isMajority(configuration.getCurrentPeers())
          && (configuration.getPreviousPeers().isEmpty()
              || isMajority(configuration.getPreviousPeers()));
    }

    private boolean isMajority(Collection<RaftPeer> members) {
      Set<RaftPeerId> heard = new HashSet<>(acknowledged);
      return members.stream().filter(peer -> heard.contains(peer.getId())).count()
          > members.size() / 2;
    }
  }
}
