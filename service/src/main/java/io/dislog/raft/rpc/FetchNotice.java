package io.dislog.raft.rpc;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LogAppender;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;

/**
 * Tells a follower that the raft log has not all entries any more that it lacks, so that it fetches
 * the state. It is told again and again, for its answers say how far it is. Its appender's thread
 * tells, and any hears.
 */
final class FetchNotice {

  private static final System.Logger LOGGER = System.getLogger(FetchNotice.class.getName());
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final LogAppender appender;
  private final RaftPeers peers;
  private volatile boolean underWay;
  private volatile long nextNanos = System.nanoTime();

  FetchNotice(LogAppender appender, RaftPeers peers) {
    this.appender = appender;
    this.peers = peers;
  }

  /** Tells the follower where it is time to; says whether it has to fetch before all else. */
  boolean tell() {
    TermIndex firstInLog = appender.shouldNotifyToInstallSnapshot();
    if (firstInLog != null && !underWay && System.nanoTime() - nextNanos >= 0) {
      underWay = true;
      send(appender.newInstallSnapshotNotificationRequest(firstInLog));
    }
    return firstInLog != null;
  }

  private void send(InstallSnapshotRequestProto notice) {
    appender.getFollower().updateLastRpcSendTime(false);
    var _ =
        peers
            .call(appender.getFollowerId(), Kind.FETCH, new ProtoBody(notice))
            .whenComplete(this::heard);
  }

  private void heard(@Nullable ByteBuffer answer, @Nullable Throwable why) {
    try {
      if (answer == null) {
        LOGGER.log(Level.DEBUG, "{0} is not told to fetch: {1}", appender, why);
      } else if (appender.isRunning()) {
        appender.getFollower().updateLastRpcResponseTime();
        heard(ProtoBody.read(answer, InstallSnapshotReplyProto.parser()));
      }
    } catch (IOException | RuntimeException e) {
      LOGGER.log(Level.WARNING, "what {0} says of its fetching can''t be used: {1}", appender, e);
    }
    nextNanos = System.nanoTime() + PAUSE_NANOS;
    underWay = false;
    appender.notifyLogAppender();
  }

  private void heard(InstallSnapshotReplyProto reply) {
    FollowerInfo follower = appender.getFollower();
    switch (reply.getResult()) {
      case SUCCESS, SNAPSHOT_UNAVAILABLE -> follower.setAttemptedToInstallSnapshot();
      case ALREADY_INSTALLED, SNAPSHOT_INSTALLED -> {
        follower.setSnapshotIndex(reply.getSnapshotIndex());
        follower.setAttemptedToInstallSnapshot();
        appender.getLeaderState().onFollowerCommitIndex(follower, reply.getSnapshotIndex());
      }
      case NOT_LEADER -> Thread.startVirtualThread(() -> appender.onFollowerTerm(reply.getTerm()));
      case IN_PROGRESS, CONF_MISMATCH, SNAPSHOT_EXPIRED, UNRECOGNIZED -> {}
    }
  }
}
