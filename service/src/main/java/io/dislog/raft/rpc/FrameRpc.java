package io.dislog.raft.rpc;

import io.dislog.raft.transport.RaftPort;
import io.dislog.raft.vote.VoteKeeper;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.rpc.RpcFactory;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerRpc;
import org.apache.ratis.server.ServerFactory;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppender;

/**
 * How Ratis' messages go between nodes: as frames, see {@link io.dislog.raft.transport}. The shards
 * hear what their followers answer, and that a leader is gone; a vote is stored before it leaves.
 * Ratis makes it by its name, so that it and its constructor are public.
 *
 * <p>Ratis (3.3.0) has two of its own. That over gRPC took twice the processor time for an entry.
 * That over Netty sends one entry at a time, appends it in the thread that reads for all shards, so
 * that no heartbeat is heard while a disk is at work, and can't tell a follower to fetch by itself.
 */
public final class FrameRpc implements RpcType {

  private static final String SETUP = "dislog.rpc";

  @Override
  public String name() {
    return FrameRpc.class.getName();
  }

  @Override
  public RpcFactory newFactory(Parameters parameters) {
    return new Factory(this, parameters.get(SETUP, Setup.class));
  }

  /**
   * What a node's builder is given.
   *
   * @param address where this node is asked
   * @param peers whom it asks
   */
  public record Setup(InetSocketAddress address, RaftPeers peers, Listeners listeners) {

    public Parameters parameters() {
      Parameters parameters = new Parameters();
      parameters.put(SETUP, this, Setup.class);
      return parameters;
    }
  }

  /** Knows who hears, and answers. Safe for use by many threads. */
  public interface Listeners extends VoteKeeper.Voted {

    /** Whether there is a shard of that group. */
    boolean has(RaftGroupId group);

    /** Who hears what the followers answer to a division. */
    LeadershipCheck of(RaftServer.Division division);

    /** A leader's connection to this node broke off. Must not block. */
    void brokenOff(RaftGroupId group, RaftPeerId leader);

    /**
     * A leader is about to tell Ratis to have a shard's state fetched. Must not block.
     *
     * @return whether Ratis can hear it
     */
    boolean toldToFetch(RaftGroupId group, RaftPeerId leader);

    /** Another node asks what {@link RaftAdminClient} lets it. Must not block. */
    CompletableFuture<ByteBuffer> answer(RaftGroupId group, String question);
  }

  /** Makes what Ratis sends and hears by. Safe for use by many threads. */
  private record Factory(RpcType type, Setup setup) implements ServerFactory {

    @Override
    public RpcType getRpcType() {
      return type;
    }

    @Override
    public RaftServerRpc newRaftServerRpc(RaftServer server) {
      NodeService service = new NodeService(server, setup.listeners());
      RaftPort port = new RaftPort(setup.peers().self(), setup.address(), service);
      return new NodeRpc(type, setup.peers(), port, service);
    }

    @Override
    public LogAppender newLogAppender(
        RaftServer.Division division, LeaderState state, FollowerInfo follower) {
      LeadershipCheck leadership = setup.listeners().of(division);
      LogAppender appender =
          new ShardAppender(division, new HeardLeader(state, leadership), follower, setup.peers());
      leadership.sends(appender);
      return appender;
    }
  }
}
