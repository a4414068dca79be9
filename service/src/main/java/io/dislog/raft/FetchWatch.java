package io.dislog.raft;

import java.util.function.BiConsumer;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.util.ProtoUtils;

/**
 * Tells that a leader says that this node is to fetch a shard's state, each time and before Ratis
 * hears it. Safe for use by many threads.
 */
final class FetchWatch implements ServerInterceptor {

  private static final String INSTALLATIONS =
      RaftServerProtocolServiceGrpc.getInstallSnapshotMethod().getFullMethodName();

  private final BiConsumer<RaftGroupId, RaftPeerId> isToFetch;

  /**
   * @param isToFetch is told the group and its leader, by gRPC's threads, which it must not hold up
   */
  FetchWatch(BiConsumer<RaftGroupId, RaftPeerId> isToFetch) {
    this.isToFetch = isToFetch;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    ServerCall.Listener<Q> listener = next.startCall(call, headers);
    return call.getMethodDescriptor().getFullMethodName().equals(INSTALLATIONS)
        ? watched(listener)
        : listener;
  }

  private <Q> ServerCall.Listener<Q> watched(ServerCall.Listener<Q> listener) {
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onMessage(Q message) {
        if (message instanceof InstallSnapshotRequestProto request) {
          RaftRpcRequestProto from = request.getServerRequest();
          isToFetch.accept(
              ProtoUtils.toRaftGroupId(from.getRaftGroupId()),
              RaftPeerId.valueOf(from.getRequestorId()));
        }
        super.onMessage(message);
      }
    };
  }
}
