package io.dislog.raft.replica;

import io.dislog.raft.base.Proposed;
import io.dislog.raft.base.Proposed.Outcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.ClientInvocationId;
import org.apache.ratis.statemachine.TransactionContext;
import org.jspecify.annotations.Nullable;

/**
 * What this node proposed as a shard's leader, from when it goes into the raft log until it shows
 * what became of it. Safe for use by many threads.
 *
 * <p>Ratis tells a leader that ceases to lead nothing of its last entries but that they may be
 * committed or not. As a follower it sees it: they are applied like any other's, or entries of a
 * later term are, behind which none of an earlier term can follow.
 */
final class OwnProposals {

  private final Map<ClientInvocationId, Appended> waiting = new ConcurrentHashMap<>();

  /**
   * A proposal goes into the raft log.
   *
   * @param transaction knows its term as soon as it is there
   */
  void appended(Proposed proposed, TransactionContext transaction) {
    proposed.appended();
    if (proposed.proposal() != null) {
      waiting.put(
          ClientInvocationId.valueOf(transaction.getStateMachineLogEntry()),
          new Appended(proposed, transaction));
    }
  }

  /** What was proposed here by the entry that is applied, or null; decides all of earlier terms. */
  @Nullable Proposed take(LogEntryProto entry) {
    if (waiting.isEmpty()) {
      return null; // As on every follower, for each entry.
    }
    Appended own = waiting.remove(ClientInvocationId.valueOf(entry.getStateMachineLogEntry()));
    reached(entry.getTerm());
    return own == null ? null : own.proposed;
  }

  /** An entry of this term is applied. */
  void reached(long term) {
    end(own -> own.isOfBefore(term), Outcome.OVERWRITTEN);
  }

  /** What became of the rest will not be seen here. */
  void giveUp() {
    end(own -> true, Outcome.UNKNOWN);
  }

  private void end(Predicate<Appended> which, Outcome outcome) {
    waiting.forEach((id, own) -> {
      if (which.test(own) && waiting.remove(id, own)) {
        own.proposed.end(outcome);
      }
    });
  }

  private record Appended(Proposed proposed, TransactionContext transaction) {

    boolean isOfBefore(long term) {
      LogEntryProto entry = transaction.getLogEntry();
      return entry != null && entry.getTerm() < term;
    }
  }
}
