package io.dislog.raft.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.junit.jupiter.api.Test;

/** What is committed is told once, with entries if some come. */
final class CommitNoticeTest {

  private static final long MILLI = 1_000_000;
  private static final long TOLD = Long.MAX_VALUE;

  private final CommitNotice notice = new CommitNotice();

  @Test
  void itIsToldAMomentLaterWhereNoEntriesTellIt() {
    assertThat(notice.nanosUntilDue(7, 0)).isEqualTo(MILLI);
    assertThat(notice.nanosUntilDue(7, MILLI / 4)).isEqualTo(3 * MILLI / 4);
    assertThat(notice.nanosUntilDue(8, MILLI)).isZero();

    notice.tell(request(8, 0, 8));
    assertThat(notice.nanosUntilDue(8, 2 * MILLI)).isEqualTo(TOLD);
  }

  @Test
  void entriesTellIt() {
    assertThat(notice.nanosUntilDue(7, 0)).isEqualTo(MILLI);
    notice.tell(request(5, 2, 7));
    notice.tell(request(5, 2, 6)); // As one that was made before.

    assertThat(notice.nanosUntilDue(7, MILLI)).isEqualTo(TOLD);
    assertThat(notice.nanosUntilDue(9, 5 * MILLI)).as("from then on").isEqualTo(MILLI);
  }

  @Test
  void whatMayNotHaveReachedItIsToldAgain() {
    notice.tell(request(7, 1, 7));
    notice.takeBack(5);

    assertThat(notice.nanosUntilDue(7, 0)).isEqualTo(MILLI);
    assertThat(notice.nanosUntilDue(7, MILLI)).isZero();
  }

  /** It takes for committed only what it has. */
  @Test
  void whatItIsStillSentItIsToldAgain() {
    notice.tell(request(RaftLog.INVALID_LOG_INDEX, 0, 9)); // Beside entries that are under way.
    notice.tell(request(5, 2, 9));

    assertThat(notice.nanosUntilDue(7, 0)).isEqualTo(TOLD);
    assertThat(notice.nanosUntilDue(8, 0)).isEqualTo(MILLI);
  }

  private static AppendEntriesRequestProto request(long previous, int entries, long committed) {
    AppendEntriesRequestProto.Builder request = AppendEntriesRequestProto.newBuilder();
    if (previous >= 0) {
      request.setPreviousLog(TermIndex.valueOf(1, previous).toProto());
    }
    for (int i = 0; i < entries; i++) {
      request.addEntries(LogEntryProto.getDefaultInstance());
    }
    return request.setLeaderCommit(committed).build();
  }
}
