package io.dislog.raft;

import io.dislog.raft.base.RaftIds;
import java.util.concurrent.CountDownLatch;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.util.CodeInjectionForTesting;
import org.apache.ratis.util.ProtoUtils;

/**
 * While this is open, a node of this process takes no entries of a shard; it answers heartbeats.
 */
final class HeldEntries implements AutoCloseable {

  /** Ratis' name of the place. */
  private static final String APPEND_ENTRIES = "RaftServerImpl.appendEntries";

  private final CountDownLatch closed = new CountDownLatch(1);

  HeldEntries(String node, int shard) {
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
    if (request.getEntriesCount() > 0
        && group.equals(ProtoUtils.toRaftGroupId(request.getServerRequest().getRaftGroupId()))) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    CodeInjectionForTesting.remove(APPEND_ENTRIES);
    closed.countDown();
  }
}
