package io.dislog.raft.rpc;

import io.dislog.raft.transport.RaftPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionReplyProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServerRpc;
import org.apache.ratis.thirdparty.com.google.protobuf.MessageLite;
import org.apache.ratis.thirdparty.com.google.protobuf.Parser;

/**
 * What Ratis asks other nodes by itself, and the port where this one is asked. Safe for use by many
 * threads.
 */
final class NodeRpc implements RaftServerRpc {

  private static final int PATIENCE_MILLIS = 3_000;

  private final RpcType type;
  private final RaftPeers peers;
  private final RaftPort port;
  private final NodeService service;

  /**
   * @param port not started
   * @param service its own
   */
  NodeRpc(RpcType type, RaftPeers peers, RaftPort port, NodeService service) {
    this.type = type;
    this.peers = peers;
    this.port = port;
    this.service = service;
  }

  @Override
  public RpcType getRpcType() {
    return type;
  }

  @Override
  public void start() throws IOException {
    port.start();
  }

  @Override
  public InetSocketAddress getInetSocketAddress() {
    return port.address();
  }

  @Override
  public void addRaftPeers(Collection<RaftPeer> nodes) {
    peers.knows(nodes);
  }

  @Override
  public void handleException(RaftPeerId node, Exception failure, boolean reconnect) {
    if (reconnect) {
      peers.renew(node);
    }
  }

  @Override
  public RequestVoteReplyProto requestVote(RequestVoteRequestProto request) throws IOException {
    return ask(request.getServerRequest(), Kind.VOTE, request, RequestVoteReplyProto.parser());
  }

  @Override
  public StartLeaderElectionReplyProto startLeaderElection(StartLeaderElectionRequestProto request)
      throws IOException {
    return ask(
        request.getServerRequest(), Kind.STAND, request, StartLeaderElectionReplyProto.parser());
  }

  /** Is the appenders' to send. */
  @Override
  public AppendEntriesReplyProto appendEntries(AppendEntriesRequestProto request) {
    throw new UnsupportedOperationException();
  }

  /** Is the appenders' to send. */
  @Override
  public InstallSnapshotReplyProto installSnapshot(InstallSnapshotRequestProto request) {
    throw new UnsupportedOperationException();
  }

  private <A> A ask(RaftRpcRequestProto to, Kind kind, MessageLite request, Parser<A> parser)
      throws IOException {
    RaftPeerId node = RaftPeerId.valueOf(to.getReplyId());
    return ProtoBody.read(peers.ask(node, kind, new ProtoBody(request), PATIENCE_MILLIS), parser);
  }

  @Override
  public void close() {
    port.close();
    service.close();
  }
}
