package io.dislog.raft.rpc;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;

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
final class AppendOrder extends MethodInterceptor {

  private final Map<ByteString, Lock> groups = new ConcurrentHashMap<>();

  AppendOrder() {
    super(RaftServerProtocolServiceGrpc.getAppendEntriesMethod());
  }

  @Override
  <Q> ServerCall.Listener<Q> intercepted(ServerCall<Q, ?> call, ServerCall.Listener<Q> listener) {
    return new Stream<>(listener);
  }

  /** One leader's stream. */
  private final class Stream<Q> extends SimpleForwardingServerCallListener<Q> {

    Stream(ServerCall.Listener<Q> listener) {
      super(listener);
    }

    @Override
    public void onMessage(Q message) {
      if (!(message instanceof AppendEntriesRequestProto request)
          || request.getEntriesCount() == 0) {
        super.onMessage(message);
        return;
      }
      ByteString group = request.getServerRequest().getRaftGroupId().getId();
      Lock appending = groups.computeIfAbsent(group, id -> new ReentrantLock());
      appending.lock();
      try {
        super.onMessage(message);
      } finally {
        appending.unlock();
      }
    }
  }
}
