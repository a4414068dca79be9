package io.dislog.raft.rpc;

import io.dislog.raft.base.EntryVersion;
import io.dislog.raft.transport.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.client.impl.ClientProtoUtils;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupManagementRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.thirdparty.com.google.protobuf.MessageLite;

/**
 * What this node asks others over the raft port, for itself and not for Ratis. Safe for use by many
 * threads.
 */
public final class RaftAdminClient {

  /** What {@link #readIndex} asks. */
  public static final String READ_INDEX = "read index";

  /** What {@link #confirmed} asks. */
  public static final String ROSTER = "roster";

  /** What {@link #clock} asks. */
  public static final String CLOCK = "clock";

  /** What {@link #report} asks. */
  public static final String REPORT = "report";

  /** What {@link #logEnd} asks. */
  public static final String LOG_END = "log end";

  private static final int PATIENCE_MILLIS = 3_000;

  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();
  private final RaftPeers peers;

  public RaftAdminClient(RaftPeers peers) {
    this.peers = peers;
  }

  /** Learns where nodes are. */
  public void knows(Collection<RaftPeer> nodes) {
    peers.knows(nodes);
  }

  /** Asks a shard's leader up to where a fresh answer must show. */
  public CompletableFuture<Long> readIndex(RaftGroupId group, RaftPeerId leader) {
    return query(group, leader, READ_INDEX).thenApply(ByteBuffer::getLong);
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

  /** Asks a node how far its raft log of a group is, and what it has applied. */
  public CompletableFuture<LogEnd> logEnd(RaftGroupId group, RaftPeerId node) {
    return query(group, node, LOG_END).thenApply(LogEnd::decode);
  }

  private CompletableFuture<ByteBuffer> query(RaftGroupId group, RaftPeerId node, String what) {
    UUID id = group.getUuid();
    byte[] text = what.getBytes(StandardCharsets.UTF_8);
    ByteBuffer question =
        ByteBuffer.allocate(2 * Long.BYTES + text.length)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .put(text)
            .flip();
    return peers
        .call(node, Kind.ASK, Payload.of(question))
        .copy()
        .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The groups that a node takes part in. */
  public List<RaftGroupId> groups(RaftPeerId node) throws IOException {
    ByteBuffer ids = peers.ask(node, Kind.GROUPS, Payload.EMPTY, PATIENCE_MILLIS);
    List<RaftGroupId> groups = new ArrayList<>();
    while (ids.hasRemaining()) {
      groups.add(RaftGroupId.valueOf(new UUID(ids.getLong(), ids.getLong())));
    }
    return groups;
  }

  /** Has a node take part in a group of which it has nothing. */
  public void addGroup(RaftPeerId node, RaftGroup group) throws IOException {
    manage(GroupManagementRequest.newAdd(client, node, calls.incrementAndGet(), group, true));
  }

  /** Has a node take part in a group no more, and delete what it has. */
  public void removeGroup(RaftPeerId node, RaftGroupId group) throws IOException {
    manage(
        GroupManagementRequest.newRemove(
            client, node, calls.incrementAndGet(), group, true, false));
  }

  private void manage(GroupManagementRequest request) throws IOException {
    ask(
        request.getServerId(),
        Kind.MANAGE,
        ClientProtoUtils.toGroupManagementRequestProto(request),
        PATIENCE_MILLIS);
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
    SetConfigurationRequest request =
        new SetConfigurationRequest(client, leader, group, calls.incrementAndGet(), arguments);
    ask(
        leader,
        Kind.MEMBERS,
        ClientProtoUtils.toSetConfigurationRequestProto(request),
        PATIENCE_MILLIS);
  }

  /** Has a group's leader hand over to another member; blocks until that leads. */
  public void transfer(RaftPeerId leader, RaftGroupId group, RaftPeerId to, long millis)
      throws IOException {
    TransferLeadershipRequest request =
        new TransferLeadershipRequest(client, leader, group, calls.incrementAndGet(), to, millis);
    ask(
        leader,
        Kind.TRANSFER,
        ClientProtoUtils.toTransferLeadershipRequestProto(request),
        PATIENCE_MILLIS + millis);
  }

  private void ask(RaftPeerId node, Kind kind, MessageLite request, long millis)
      throws IOException {
    var _ = peers.ask(node, kind, new ProtoBody(request), millis);
  }
}
