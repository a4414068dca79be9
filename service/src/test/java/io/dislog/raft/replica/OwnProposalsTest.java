package io.dislog.raft.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.raft.base.EntryChunks;
import io.dislog.raft.base.Proposed;
import io.dislog.raft.base.Proposed.Outcome;
import io.dislog.raft.base.RaftIds;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.junit.jupiter.api.Test;

/** What a leader that leads no more learns of its last entries. */
final class OwnProposalsTest {

  private final OwnProposals proposals = new OwnProposals();
  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();

  @Test
  void anEntryThatIsAppliedIsKnownAgain() {
    Proposed first = proposed();
    Proposed second = proposed();
    append(first, 7);
    LogEntryProto entry = append(second, 7);

    assertThat(proposals.take(entry)).isSameAs(second);
    assertThat(proposals.take(entry)).isNull();
    assertThat(first.outcome()).isNotDone();
  }

  @Test
  void anEntryOfALaterTermLeavesNoHopeForEarlierOnes() {
    Proposed earlier = proposed();
    Proposed later = proposed();
    append(earlier, 7);
    append(later, 8);

    proposals.reached(7);
    assertThat(earlier.outcome()).isNotDone();

    proposals.reached(8);
    assertThat(earlier.outcome()).isCompletedWithValue(Outcome.OVERWRITTEN);
    assertThat(later.outcome()).isNotDone();
  }

  @Test
  void anotherLeadersEntryDecidesAsWell() {
    Proposed own = proposed();
    append(own, 7);
    LogEntryProto others = transaction(proposed(), ClientId.randomId()).initLogEntry(8, 9);

    assertThat(proposals.take(others)).isNull();
    assertThat(own.outcome()).isCompletedWithValue(Outcome.OVERWRITTEN);
  }

  @Test
  void whatIsNotSeenHereStaysUnknown() {
    Proposed own = proposed();
    append(own, 7);

    proposals.giveUp();
    proposals.reached(8);
    assertThat(own.outcome()).isCompletedWithValue(Outcome.UNKNOWN);
  }

  private LogEntryProto append(Proposed proposed, long term) {
    TransactionContext transaction = transaction(proposed, client);
    proposals.appended(proposed, transaction);
    assertThat(proposed.wasAppended()).isTrue();
    return transaction.initLogEntry(term, calls.get());
  }

  private TransactionContext transaction(Proposed proposed, ClientId by) {
    RaftClientRequest request =
        RaftClientRequest.newBuilder()
            .setClientId(by)
            .setServerId(RaftPeerId.valueOf("n0"))
            .setGroupId(RaftIds.group(0))
            .setCallId(calls.incrementAndGet())
            .setMessage(proposed)
            .setType(RaftClientRequest.writeRequestType())
            .build();
    return TransactionContext.newBuilder()
        .setStateMachine(new BaseStateMachine())
        .setClientRequest(request)
        .setStateMachineContext(proposed)
        .build();
  }

  private Proposed proposed() {
    return EntryChunks.cut(ByteBuffer.allocate(1), this, 10).getFirst();
  }
}
