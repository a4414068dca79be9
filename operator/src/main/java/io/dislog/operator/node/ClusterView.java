package io.dislog.operator.node;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The members and what they replicate, as one node sees them. A node that belongs to no cluster yet
 * knows of no members.
 *
 * @param node whose view this is
 * @param cluster its UUID, or null where it is not agreed on, or an earlier version says nothing of
 *     it
 * @param nodes in the order of their ids
 * @param shards in the order of their numbers from 0
 */
@RegisterForReflection
public record ClusterView(
    String node, @Nullable String cluster, List<Member> nodes, List<Shard> shards) {

  /** Of a version that tells no UUID. */
  public ClusterView(String node, List<Member> nodes, List<Shard> shards) {
    this(node, null, nodes, shards);
  }

  public ClusterView {
    nodes = List.copyOf(nodes);
    shards = List.copyOf(shards);
  }

  public Optional<Member> member(String id) {
    return nodes.stream().filter(member -> member.id().equals(id)).findFirst();
  }

  /** Whether each shard has a leader. */
  public boolean isLed() {
    return shards.stream().allMatch(shard -> shard.leader() != null);
  }

  /** Whether the node leads any shard, as it says itself. */
  public boolean leads() {
    return shards.stream().anyMatch(shard -> node.equals(shard.leader()));
  }

  /**
   * A node of the cluster.
   *
   * @param address of its API, as {@code host:port}
   * @param ready whether it says that it serves
   */
  public record Member(String id, String address, boolean ready) {}

  /**
   * A shard.
   *
   * @param leader id of the node that leads it, or null where none is known
   * @param term of the leader's election
   * @param replicas ids of its members
   * @param applied index of the last entry that the asked node shows
   * @param committed index of the last entry that the asked node knows to be committed
   */
  public record Shard(
      int id,
      @Nullable String leader,
      long term,
      List<String> replicas,
      long applied,
      long committed) {

    public Shard {
      replicas = List.copyOf(replicas);
    }
  }
}
