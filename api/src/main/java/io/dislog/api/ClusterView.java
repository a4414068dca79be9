package io.dislog.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.dislog.api.NodeReport.Storage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"cluster", "node", "nodes", "shards"})
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
  @JsonIgnore
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
   * @param ready whether it says that it serves reads and takes any request
   * @param why not, or what else is wrong; empty where all is well or it does not say, and absent
   *     then
   * @param version of the service, or null where it does not say
   * @param storage its volume, or null where it does not say
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Member(
      String id,
      String address,
      boolean ready,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String why,
      @Nullable String version,
      @Nullable Storage storage) {

    public Member {
      why = Objects.requireNonNullElse(why, "");
    }

    /** One that says nothing more. */
    public Member(String id, String address, boolean ready) {
      this(id, address, ready, "", null, null);
    }
  }

  /**
   * A shard.
   *
   * @param id its number
   * @param leader id of the node that leads it, or null where none is known
   * @param term of the leader's election
   * @param replicas ids of its members
   * @param lag entries that are committed and that a replica does not show yet, by the ids of those
   *     that tell
   * @param applied index of the last entry that the asked node shows
   * @param committed index of the last entry that the asked node knows to be committed
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Shard(
      int id,
      @Nullable String leader,
      long term,
      List<String> replicas,
      Map<String, Long> lag,
      long applied,
      long committed) {

    public Shard {
      replicas = List.copyOf(replicas);
      lag =
          Collections.unmodifiableMap(
              new LinkedHashMap<>(Objects.requireNonNullElse(lag, Map.of())));
    }

    /** Of whose replicas none tells how far it is. */
    public Shard(
        int id,
        @Nullable String leader,
        long term,
        List<String> replicas,
        long applied,
        long committed) {
      this(id, leader, term, replicas, Map.of(), applied, committed);
    }
  }
}
