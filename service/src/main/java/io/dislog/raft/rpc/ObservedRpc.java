package io.dislog.raft.rpc;

import io.dislog.raft.vote.VoteKeeper;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.rpc.RpcFactory;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppender;

/**
 * gRPC between nodes, observed: each shard hears what its followers answer, and that its leader is
 * gone; a vote is stored before it leaves. Ratis makes it by its name, so that it and its
 * constructor are public.
 */
public final class ObservedRpc implements RpcType {

  private static final String LISTENERS = "dislog.leaderships";

  @Override
  public String name() {
    return ObservedRpc.class.getName();
  }

  @Override
  public RpcFactory newFactory(Parameters parameters) {
    return new Factory(parameters);
  }

  /** What a server's builder is given so that the shards hear. */
  public static Parameters parameters(Listeners listeners) {
    Parameters parameters = new Parameters();
    parameters.put(LISTENERS, listeners, Listeners.class);
    VoteKeeper keeper = new VoteKeeper(listeners);
    StreamWatch streams = new StreamWatch(listeners::brokenOff);
    FetchWatch fetches = new FetchWatch(listeners::toldToFetch);
    GrpcConfigKeys.Server.setServicesCustomizer(
        parameters,
        (builder, types) ->
            keeper.customize(
                builder.intercept(new AppendOrder()).intercept(streams).intercept(fetches), types));
    return parameters;
  }

  /** Knows who hears. */
  public interface Listeners extends VoteKeeper.Voted {

    /** Who hears what the followers answer to a division. */
    LeadershipCheck of(RaftServer.Division division);

    /** A leader's stream to this node broke off. Must not block. */
    void brokenOff(RaftGroupId group, RaftPeerId leader);

    /**
     * A leader is about to tell Ratis to have a shard's state fetched. Must not block.
     *
     * @return whether Ratis can hear it
     */
    boolean toldToFetch(RaftGroupId group, RaftPeerId leader);
  }

  /** gRPC's own factory, but for what sends to followers. Safe for use by many threads. */
  private static final class Factory extends GrpcFactory {

    private final Listeners listeners;

    Factory(Parameters parameters) {
      super(parameters);
      this.listeners = parameters.get(LISTENERS, Listeners.class);
    }

    @Override
    public LogAppender newLogAppender(
        RaftServer.Division division, LeaderState state, FollowerInfo follower) {
      LeadershipCheck leadership = listeners.of(division);
      LogAppender appender =
          super.newLogAppender(division, new HeardLeader(state, leadership), follower);
      leadership.sends(appender);
      return appender;
    }
  }
}
