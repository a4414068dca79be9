package io.dislog.raft.rpc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftConfiguration;

/**
 * Who the members of a shard are, as its leader or a follower says that has just made sure of what
 * its leader has; those that are being taken out are among them until that is certain.
 *
 * @param index up to where whoever says this has applied the shard's entries
 */
public record ConfirmedMembership(long index, Set<String> members) {

  public ConfirmedMembership {
    members = Set.copyOf(members);
  }

  /**
   * Whether a node was taken out that was a member when it last knew, and has applied entries up to
   * an index. One that was none yet is being added, and must not be taken for one that was removed.
   */
  public boolean leavesOut(String node, Set<String> lastMembers, long applied) {
    return lastMembers.contains(node) && !members.contains(node) && index >= applied;
  }

  /** Whether no change of the members is under way, as of what is committed. */
  public static boolean isCertain(RaftConfiguration now, long committed) {
    return now.getPreviousPeers().isEmpty() && now.getLogEntryIndex() <= committed;
  }

  public static Set<String> ids(Collection<RaftPeer> peers) {
    return peers.stream().map(peer -> peer.getId().toString()).collect(Collectors.toSet());
  }

  /** As {@code u64 index} and the members' ids, one a line. */
  public ByteBuffer encode() {
    byte[] ids = String.join("\n", members).getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + ids.length).putLong(index).put(ids).flip();
  }

  static ConfirmedMembership decode(ByteBuffer from) {
    long index = from.getLong();
    String ids = StandardCharsets.UTF_8.decode(from).toString();
    return new ConfirmedMembership(index, Set.of(ids.split("\n")));
  }
}
