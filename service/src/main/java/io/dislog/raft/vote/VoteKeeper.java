package io.dislog.raft.vote;

import java.io.IOException;
import java.util.EnumSet;
import org.apache.ratis.grpc.server.GrpcServices;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;
import org.apache.ratis.util.ProtoUtils;
import org.jspecify.annotations.Nullable;

/** Lets no vote leave this node before that is remembered. Safe for use by many threads. */
public final class VoteKeeper implements ServerInterceptor, GrpcServices.Customizer {

  private static final String METHOD = "requestVote";

  private final Voted voted;

  public VoteKeeper(Voted voted) {
    this.voted = voted;
  }

  /** Is told of a vote before it leaves. */
  public interface Voted {

    /**
     * This node votes.
     *
     * @throws IOException where the vote must not leave
     */
    void voted(RaftGroupId group, StoredVote vote) throws IOException;
  }

  @Override
  public NettyServerBuilder customize(
      NettyServerBuilder builder, EnumSet<GrpcServices.Type> types) {
    return builder.intercept(this);
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    if (!METHOD.equals(call.getMethodDescriptor().getBareMethodName())) {
      return next.startCall(call, headers);
    }
    Vote<Q, R> vote = new Vote<>(call);
    return new SimpleForwardingServerCallListener<>(next.startCall(vote, headers)) {
      @Override
      public void onMessage(Q request) {
        vote.request = request;
        super.onMessage(request);
      }
    };
  }

  /** One question for a vote, and its answer. */
  private final class Vote<Q, R> extends SimpleForwardingServerCall<Q, R> {

    private @Nullable Q request;
    private boolean refused;

    Vote(ServerCall<Q, R> call) {
      super(call);
    }

    @Override
    public void sendMessage(R reply) {
      try {
        remember(reply);
        super.sendMessage(reply);
      } catch (IOException e) {
        refused = true;
        super.close(Status.UNAVAILABLE.withDescription(e.getMessage()), new Metadata());
      }
    }

    private void remember(R reply) throws IOException {
      if (request instanceof RequestVoteRequestProto asked
          && !asked.getPreVote()
          && reply instanceof RequestVoteReplyProto answer
          && answer.getServerReply().getSuccess()) {
        RaftRpcRequestProto from = asked.getServerRequest();
        String candidate = from.getRequestorId().toStringUtf8();
        voted.voted(
            ProtoUtils.toRaftGroupId(from.getRaftGroupId()),
            new StoredVote(asked.getCandidateTerm(), candidate));
      }
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (!refused) {
        super.close(status, trailers);
      }
    }
  }
}
