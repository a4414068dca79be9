package io.dislog.raft;

import io.dislog.raft.base.RaftIds;
import java.util.concurrent.CountDownLatch;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.util.CodeInjectionForTesting;
import org.apache.ratis.util.ProtoUtils;

/**
 * While this is open, a node of this process does not take the entry that begins a change of a
 * shard's members; it takes what comes before, and answers heartbeats.
 */
final class HeldChange implements AutoCloseable {

  /** Ratis' name of the place. */
  private static final String APPEND_ENTRIES = "RaftServerImpl.appendEntries";

  private final CountDownLatch closed = new CountDownLatch(1);

  HeldChange(String node, int shard) {
    CodeInjectionForTesting.put(
        APPEND_ENTRIES,
        (local, leader, message) -> {
          if (node.equals(local.toString())) {
            hold(RaftIds.group(shard), (AppendEntriesRequestProto) message[1]);
          }
          return false;
        });
  }

  private void hold(RaftGroupId group, AppendEntriesRequestProto request) {
    if (request.getEntriesList().stream().anyMatch(HeldChange::beginsChange)
        && group.equals(ProtoUtils.toRaftGroupId(request.getServerRequest().getRaftGroupId()))) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A new leader's first entry tells the members too, but none from whom it goes over to them. */
  private static boolean beginsChange(LogEntryProto entry) {
    return entry.hasConfigurationEntry() && entry.getConfigurationEntry().getOldPeersCount() > 0;
  }

  @Override
  public void close() {
    CodeInjectionForTesting.remove(APPEND_ENTRIES);
    closed.countDown();
  }
}
