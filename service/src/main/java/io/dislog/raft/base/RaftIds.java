package io.dislog.raft.base;

import io.dislog.commit.Member;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;

/**
 * What shards and members are called in raft. Stateless.
 *
 * <p>These names last as long as a cluster's data, so that none may ever change: a shard's group is
 * a UUID of {@link #GROUPS} and the shard's number.
 */
public final class RaftIds {

  /** "dislog" in ASCII, and the version of this numbering. */
  private static final long GROUPS = 0x6469_736c_6f67_0001L;

  private RaftIds() {}

  public static RaftGroupId group(int shard) {
    return RaftGroupId.valueOf(new UUID(GROUPS, shard));
  }

  /** Where Ratis keeps what it has of a shard. */
  public static Path folder(Path raftFolder, int shard) {
    return raftFolder.resolve(group(shard).getUuid().toString());
  }

  /** The number of a group's shard, or -1 where it is none of ours. */
  public static int shard(RaftGroupId group) {
    UUID uuid = group.getUuid();
    return uuid.getMostSignificantBits() == GROUPS ? (int) uuid.getLeastSignificantBits() : -1;
  }

  public static RaftPeerId id(String node) {
    return RaftPeerId.valueOf(node);
  }

  /**
   * A member as raft's configuration keeps it. Its HTTP address takes the place of the address for
   * data streams, which are not used.
   */
  public static RaftPeer peer(Member member) {
    return RaftPeer.newBuilder()
        .setId(member.id())
        .setAddress(member.raftAddress())
        .setDataStreamAddress(member.httpAddress())
        .build();
  }

  public static Member member(RaftPeer peer) {
    return member(peer.getId().toString(), peer.getAddress(), peer.getDataStreamAddress());
  }

  public static Member member(String id, String raftAddress, String httpAddress) {
    int raft = raftAddress.lastIndexOf(':');
    int http = httpAddress.lastIndexOf(':');
    return new Member(
        id,
        raftAddress.substring(0, raft),
        Integer.parseInt(raftAddress.substring(raft + 1)),
        Integer.parseInt(httpAddress.substring(http + 1)));
  }

  /** The members but one node. */
  public static List<RaftPeer> without(List<RaftPeer> members, String node) {
    return members.stream().filter(peer -> !peer.getId().equals(RaftIds.id(node))).toList();
  }

  /** Whether a node is known as what it is, its addresses included. */
  public static boolean isSame(RaftPeer known, RaftPeer peer) {
    return known.getId().equals(peer.getId())
        && known.getAddress().equals(peer.getAddress())
        && known.getDataStreamAddress().equals(peer.getDataStreamAddress());
  }
}
