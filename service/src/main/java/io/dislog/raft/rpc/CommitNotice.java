package io.dislog.raft.rpc;

import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.server.raftlog.RaftLog;

/**
 * What a follower was told of what is committed. It hears of that with the next entries, which
 * under load are about to come, and so is told without any only a moment later: one message less
 * for each entry. The appender's thread asks and tells, any thread takes back.
 */
final class CommitNotice {

  private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private volatile long told = RaftLog.INVALID_LOG_INDEX;
  private boolean waits;
  private long sinceNanos;

  /**
   * It was told. A follower takes for committed only what it has, which is what it said or is being
   * sent: with requests on two connections, that is not all that the leader says.
   */
  void tell(AppendEntriesRequestProto request) {
    long previous =
        request.hasPreviousLog() ? request.getPreviousLog().getIndex() : RaftLog.INVALID_LOG_INDEX;
    long has = previous + request.getEntriesCount();
    told = Math.max(told, Math.min(request.getLeaderCommit(), has));
  }

  /** What it was told may not have reached it; it knows of entries up to an index. */
  void takeBack(long known) {
    told = known;
  }

  /**
   * When it is to be told without entries.
   *
   * @param index of the last entry that is committed and that it has
   * @return 0 where that is now, {@link Long#MAX_VALUE} where it was told
   */
  long nanosUntilDue(long index, long nowNanos) {
    if (index <= told) {
      waits = false;
      return Long.MAX_VALUE;
    }
    if (!waits) {
      waits = true;
      sinceNanos = nowNanos;
    }
    return Math.max(0, sinceNanos + WAIT_NANOS - nowNanos);
  }
}
