package io.dislog.raft.rpc;

import java.util.function.BiConsumer;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.jspecify.annotations.Nullable;

/**
 * Tells where a leader's stream of entries to this node breaks off, as it does at once when the
 * leader's process ends. Safe for use by many threads.
 */
final class StreamWatch extends MethodInterceptor {

  private final BiConsumer<RaftGroupId, RaftPeerId> brokenOff;

  /**
   * @param brokenOff is told the group and its leader, by gRPC's threads, which it must not hold up
   */
  StreamWatch(BiConsumer<RaftGroupId, RaftPeerId> brokenOff) {
    super(RaftServerProtocolServiceGrpc.getAppendEntriesMethod());
    this.brokenOff = brokenOff;
  }

  @Override
  <Q> ServerCall.Listener<Q> intercepted(ServerCall<Q, ?> call, ServerCall.Listener<Q> listener) {
    return new Stream<>(listener);
  }

  /** One stream, whose first message says whose it is. gRPC calls it by one thread at a time. */
  private final class Stream<Q> extends SimpleForwardingServerCallListener<Q> {

    private @Nullable RaftRpcRequestProto first;

    Stream(ServerCall.Listener<Q> listener) {
      super(listener);
    }

    @Override
    public void onMessage(Q message) {
      if (first == null && message instanceof AppendEntriesRequestProto entries) {
        first = entries.getServerRequest();
      }
      super.onMessage(message);
    }

    @Override
    public void onCancel() {
      super.onCancel();
      RaftRpcRequestProto from = first;
      if (from != null) {
        brokenOff.accept(
            RaftGroupId.valueOf(from.getRaftGroupId().getId()),
            RaftPeerId.valueOf(from.getRequestorId()));
      }
    }
  }
}
