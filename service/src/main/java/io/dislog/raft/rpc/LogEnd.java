package io.dislog.raft.rpc;

import java.nio.ByteBuffer;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;

/**
 * How far a node is in a shard, as {@code u64 term, u64 index, u64 applied}.
 *
 * @param last entry of its raft log
 * @param applied up to where it has applied that
 */
public record LogEnd(TermIndex last, long applied) {

  /** How far this node is. */
  public static LogEnd of(RaftServer.Division here) {
    TermIndex last = here.getRaftLog().getLastEntryTermIndex();
    return new LogEnd(
        last == null ? TermIndex.INITIAL_VALUE : last, here.getInfo().getLastAppliedIndex());
  }

  public ByteBuffer encode() {
    return ByteBuffer.allocate(3 * Long.BYTES)
        .putLong(last.getTerm())
        .putLong(last.getIndex())
        .putLong(applied)
        .flip();
  }

  static LogEnd decode(ByteBuffer from) {
    return new LogEnd(TermIndex.valueOf(from.getLong(), from.getLong()), from.getLong());
  }
}
