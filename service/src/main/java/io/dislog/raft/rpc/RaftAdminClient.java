package io.dislog.raft.rpc;

import io.dislog.raft.base.EntryVersion;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.client.RaftClientRpc;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.proto.RaftProtos.LogInfoProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupInfoReply;
import org.apache.ratis.protocol.GroupInfoRequest;
import org.apache.ratis.protocol.GroupListReply;
import org.apache.ratis.protocol.GroupListRequest;
import org.apache.ratis.protocol.GroupManagementRequest;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.protocol.exceptions.RaftException;
import org.apache.ratis.protocol.exceptions.TimeoutIOException;
import org.jspecify.annotations.Nullable;

/**
 * What this node asks others over the raft port, one connection a node for all shards. Safe for use
 * by many threads.
 *
 * <p>Not a RaftClient: that one belongs to one group, finds its leader by itself, and repeats
 * requests for as long as it likes.
 */
public final class RaftAdminClient implements Closeable {

  /** What {@link #confirmed} asks. */
  public static final Message ROSTER = Message.valueOf("roster");

  /** What {@link #clock} asks. */
  public static final Message CLOCK = Message.valueOf("clock");

  /** What {@link #report} asks. */
  public static final Message REPORT = Message.valueOf("report");

  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();
  private final RaftClientRpc rpc;

  public RaftAdminClient(RaftProperties properties) {
    rpc = new GrpcFactory(new Parameters()).newRaftClientRpc(client, properties);
  }

  /** Learns where nodes are. */
  public void knows(Collection<RaftPeer> peers) {
    rpc.addRaftPeers(peers);
  }

  /** Asks a shard's leader up to where a fresh answer must show. */
  public CompletableFuture<Long> readIndex(RaftGroupId group, RaftPeerId leader) {
    return query(group, leader, Message.EMPTY).thenApply(ByteBuffer::getLong);
  }

  /** Asks a node who a shard's members are; it answers only where it has just made sure of that. */
  public CompletableFuture<ConfirmedMembership> confirmed(RaftGroupId group, RaftPeerId node) {
    return query(group, node, ROSTER).thenApply(ConfirmedMembership::decode);
  }

  /** Asks a node what its clock says, and which entries it reads. */
  public CompletableFuture<Told> clock(RaftGroupId group, RaftPeerId node) {
    return query(group, node, CLOCK).thenApply(Told::decode);
  }

  /**
   * What a node tells who asks it for its clock: u64 millis, and u8 entries, which older versions
   * neither write nor look at.
   *
   * @param millis since 1970
   * @param entries the newest version of entries that it reads
   */
  public record Told(long millis, int entries) {

    public static Told now() {
      return new Told(System.currentTimeMillis(), EntryVersion.NEWEST);
    }

    public ByteBuffer encode() {
      return ByteBuffer.allocate(Long.BYTES + 1).putLong(millis).put((byte) entries).flip();
    }

    private static Told decode(ByteBuffer from) {
      return new Told(from.getLong(), from.hasRemaining() ? from.get() : 1);
    }
  }

  /** Asks a node what it tells of itself; one of an earlier version tells nothing. */
  public CompletableFuture<PeerReport> report(RaftGroupId group, RaftPeerId node) {
    return query(group, node, REPORT).thenApply(PeerReport::decode);
  }

  private CompletableFuture<ByteBuffer> query(RaftGroupId group, RaftPeerId node, Message what) {
    RaftClientRequest request =
        RaftClientRequest.newBuilder()
            .setClientId(client)
            .setServerId(node)
            .setGroupId(group)
            .setCallId(calls.incrementAndGet())
            .setMessage(what)
            .setType(RaftClientRequest.staleReadRequestType(0))
            .build();
    return rpc.sendRequestAsyncUnordered(request)
        .whenComplete((reply, failure) -> forget(node, failure))
        .thenApply(reply -> {
          Throwable why = Replies.cause(reply, null);
          if (why != null) {
            throw new CompletionException(why);
          }
          return reply.getMessage().getContent().asReadOnlyByteBuffer();
        });
  }

  /** A connection that failed once would fail for ever. */
  private void forget(RaftPeerId peer, @Nullable Throwable failure) {
    if (failure != null) {
      rpc.handleException(peer, failure, true);
    }
  }

  /** How far a node's raft log of a group is, and what it has applied; blocks for its answer. */
  public LogInfoProto logInfo(RaftPeerId node, RaftGroupId group) throws IOException {
    RaftClientReply reply =
        send(node, new GroupInfoRequest(client, node, group, calls.incrementAndGet()));
    return ((GroupInfoReply) reply).getLogInfoProto();
  }

  /** The groups that a node takes part in. */
  public List<RaftGroupId> groups(RaftPeerId node, RaftGroupId any) throws IOException {
    RaftClientReply reply =
        send(node, new GroupListRequest(client, node, any, calls.incrementAndGet()));
    return ((GroupListReply) reply).getGroupIds();
  }

  /** Has a node take part in a group of which it has nothing. */
  public void addGroup(RaftPeerId node, RaftGroup group) throws IOException {
    send(node, GroupManagementRequest.newAdd(client, node, calls.incrementAndGet(), group, true));
  }

  /** Has a node take part in a group no more, and delete what it has. */
  public void removeGroup(RaftPeerId node, RaftGroupId group) throws IOException {
    send(
        node,
        GroupManagementRequest.newRemove(
            client, node, calls.incrementAndGet(), group, true, false));
  }

  /** Has a group's leader make these its members, where its members are still those before. */
  public void setMembers(
      RaftPeerId leader, RaftGroupId group, List<RaftPeer> before, List<RaftPeer> after)
      throws IOException {
    SetConfigurationRequest.Arguments arguments =
        SetConfigurationRequest.Arguments.newBuilder()
            .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
            .setServersInCurrentConf(before)
            .setServersInNewConf(after)
            .build();
    send(
        leader,
        new SetConfigurationRequest(client, leader, group, calls.incrementAndGet(), arguments));
  }

  /** Has a group's leader hand over to another member; blocks until that leads. */
  public void transfer(RaftPeerId leader, RaftGroupId group, RaftPeerId to, long millis)
      throws IOException {
    send(
        leader,
        new TransferLeadershipRequest(client, leader, group, calls.incrementAndGet(), to, millis));
  }

  private RaftClientReply send(RaftPeerId node, RaftClientRequest request) throws IOException {
    RaftClientReply reply;
    try {
      reply = rpc.sendRequest(request);
    } catch (RaftException | TimeoutIOException e) {
      forget(node, e);
      throw e;
    } catch (IOException | RuntimeException e) {
      // gRPC's own, where there is nobody to connect to.
      forget(node, e);
      throw new IOException("node %s is not reached".formatted(node), e);
    }
    if (!reply.isSuccess()) {
      throw reply.getException();
    }
    return reply;
  }

  @Override
  public void close() throws IOException {
    rpc.close();
  }
}
