package io.dislog.raft.rpc;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.util.ProtoUtils;

/**
 * Has the entries of one leader appended to a shard's raft log before those of the next are looked
 * at. Safe for use by many threads.
 *
 * <p>Ratis (3.3.0) compares a message's term with its own under a lock, and appends its entries
 * after that. Those of a former leader, held up in between, would replace what a newer one has been
 * told is here. Ratis' own order, "compose", does worse: it answers that entries are here where
 * others of the same indices are under way, and after one failure takes none until a restart.
 *
 * <p>Messages without entries pass: they keep a leader in its place while a disk is slow.
 */
final class AppendOrder {

  private final Map<RaftGroupId, Lock> groups = new ConcurrentHashMap<>();
  private final Appending appending;

  /** What Ratis does with a message: when this has returned, its entries have their place. */
  interface Appending {
    CompletableFuture<AppendEntriesReplyProto> append(AppendEntriesRequestProto request)
        throws IOException;
  }

  AppendOrder(Appending appending) {
    this.appending = appending;
  }

  /** Ends once the entries are on stable storage. Blocks while others are appended. */
  CompletableFuture<AppendEntriesReplyProto> append(AppendEntriesRequestProto request)
      throws IOException {
    if (request.getEntriesCount() == 0) {
      return appending.append(request);
    }
    RaftGroupId group = ProtoUtils.toRaftGroupId(request.getServerRequest().getRaftGroupId());
    Lock lock = groups.computeIfAbsent(group, id -> new ReentrantLock());
    lock.lock();
    try {
      return appending.append(request);
    } finally {
      lock.unlock();
    }
  }
}
