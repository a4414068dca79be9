package io.dislog.raft.rpc;

import java.util.function.BiPredicate;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.util.ProtoUtils;

/**
 * Tells that a leader says that this node is to fetch a shard's state, each time and before Ratis
 * hears it. Safe for use by many threads.
 *
 * <p>Ratis (3.3.0) can't stand to hear it while it opens the shard's raft log: it notes down that
 * it fetches, fails, and says for ever that it is about it, so that the node is never added. Until
 * the log is open such a call is ended, and the leader calls again.
 */
final class FetchWatch extends MethodInterceptor {

  private final BiPredicate<RaftGroupId, RaftPeerId> toldToFetch;

  /**
   * @param toldToFetch is told the group and its leader, by gRPC's threads, which it must not hold
   *     up, and says whether Ratis can hear it
   */
  FetchWatch(BiPredicate<RaftGroupId, RaftPeerId> toldToFetch) {
    super(RaftServerProtocolServiceGrpc.getInstallSnapshotMethod());
    this.toldToFetch = toldToFetch;
  }

  @Override
  <Q> ServerCall.Listener<Q> intercepted(ServerCall<Q, ?> call, ServerCall.Listener<Q> listener) {
    return new Stream<>(call, listener);
  }

  /** One stream. gRPC calls it by one thread at a time. */
  private final class Stream<Q> extends SimpleForwardingServerCallListener<Q> {

    private final ServerCall<Q, ?> call;
    private boolean ended;

    Stream(ServerCall<Q, ?> call, ServerCall.Listener<Q> listener) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      if (!ended && message instanceof InstallSnapshotRequestProto request) {
        RaftRpcRequestProto from = request.getServerRequest();
        ended =
            !toldToFetch.test(
                ProtoUtils.toRaftGroupId(from.getRaftGroupId()),
                RaftPeerId.valueOf(from.getRequestorId()));
        if (ended) {
          call.close(Status.UNAVAILABLE.withDescription("it is being opened"), new Metadata());
        }
      }
      if (!ended) {
        super.onMessage(message);
      }
    }

    @Override
    public void onHalfClose() {
      if (!ended) {
        super.onHalfClose();
      }
    }
  }
}
