package io.dislog.http.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.api.ClusterView;
import io.dislog.api.Digits;
import io.dislog.command.Rejection;
import io.dislog.commit.Cluster;
import io.dislog.commit.Cluster.ShardStatus;
import io.dislog.commit.Member;
import io.dislog.commit.Node;
import io.dislog.http.config.ServiceConfig;
import io.dislog.http.exchange.Json;
import io.dislog.http.exchange.Name;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.MemberText;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.Text;
import io.dislog.http.server.Service;
import io.dislog.http.server.StorageStatus;
import io.dislog.shard.Names;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Lists the nodes with their state, and adds or removes one on request. Blocks: for virtual
 * threads.
 */
@Singleton
public final class Membership {

  private final String id;
  private final String address;
  private final String version;
  private final Service service;
  private final PeerReadiness peerReadiness;

  @Inject
  Membership(
      ServiceConfig config,
      @ConfigProperty(name = "quarkus.http.host") String host,
      @ConfigProperty(name = "quarkus.http.port") int port,
      @ConfigProperty(name = "quarkus.application.version") String version,
      Service service,
      PeerReadiness peerReadiness) {
    this.id = config.raft().nodeId();
    this.address = host + ":" + port;
    this.version = version;
    this.service = service;
    this.peerReadiness = peerReadiness;
  }

  /** This node's id. */
  public String self() {
    return id;
  }

  /** Where this node's API is, as the others reach it. */
  String address() {
    return service
        .cluster()
        .flatMap(cluster -> member(cluster, id))
        .map(Member::httpAddress)
        .orElse(address);
  }

  Node.Health health() {
    return service.health();
  }

  /** Whether this node has ever agreed on anything with others. */
  boolean formed() {
    return service.cluster().map(Cluster::formed).orElse(false);
  }

  /** The nodes and what they replicate, as this node sees them. */
  public ClusterView view() {
    List<ClusterView.Member> nodes = nodes();
    return new ClusterView(
        id, service.node().clusterId().map(UUID::toString).orElse(null), nodes, shards());
  }

  /** All nodes; without replication this one alone. */
  private List<ClusterView.Member> nodes() {
    ClusterView.Member own = own();
    List<Member> members = service.cluster().map(Cluster::members).orElse(List.of());
    List<Member> others = members.stream().filter(member -> !member.id().equals(id)).toList();
    Map<Member, ClusterView.Member> said = peerReadiness.ask(id, others);
    List<ClusterView.Member> nodes = new ArrayList<>();
    for (Member member : members) {
      nodes.add(
          member.id().equals(id) ? own : said.getOrDefault(member, PeerReadiness.silent(member)));
    }
    return service.cluster().isPresent() ? nodes : List.of(own);
  }

  private ClusterView.Member own() {
    Node.Health health = health();
    return new ClusterView.Member(
        id,
        address(),
        health.ready(),
        health.why(),
        version,
        StorageStatus.of(service.node().storage()));
  }

  private List<ClusterView.Shard> shards() {
    return service
        .cluster()
        .map(cluster ->
            cluster.shards().stream().map(shard -> shard(shard, cluster.lag(shard))).toList())
        .orElse(List.of());
  }

  private static ClusterView.Shard shard(ShardStatus shard, Map<String, Long> lag) {
    Map<String, Long> told = new LinkedHashMap<>();
    for (String replica : shard.replicas()) {
      Long entries = lag.get(replica);
      if (entries != null) {
        told.put(replica, entries);
      }
    }
    return new ClusterView.Shard(
        shard.id(),
        shard.leader(),
        shard.term(),
        shard.replicas(),
        told,
        shard.applied(),
        shard.committed());
  }

  /** Another node, as it says that it is. */
  public Optional<ClusterView.Member> other(String node) {
    return nodes().stream().filter(known -> known.id().equals(node)).findFirst();
  }

  /**
   * Makes a node a member.
   *
   * @return whether it was none
   */
  public boolean add(String node, ByteBuffer body) {
    Cluster cluster = cluster();
    if (!Names.isValid(node)) {
      throw new ProblemException(Name.invalidNode(node));
    }
    JsonNode json = Json.object(body, ProblemType.BAD_REQUEST);
    JsonNode empty = json.path("empty");
    Optional<Member> known = member(cluster, node);
    JsonNode address = json.path("address");
    Member member =
        address.isMissingNode()
            ? known.orElse(null)
            : MemberText.parse(node, address.isTextual() ? address.textValue() : "");
    if (member == null) {
      throw ProblemException.badRequest("'address' must be \"host:raftPort:httpPort\"");
    }
    if (!empty.isMissingNode() && !empty.isBoolean()) {
      throw ProblemException.badRequest("'empty' must be true or false");
    }
    cluster.add(member, empty.booleanValue());
    peerReadiness.forget();
    return known.isEmpty();
  }

  /**
   * Takes a node out, where it is a member. The cluster is asked also where this node lists it no
   * more: that may not be agreed on yet.
   */
  public void remove(String node) {
    Cluster cluster = cluster();
    if (cluster.members().size() == 1 && member(cluster, node).isPresent()) {
      throw ProblemException.badRequest("the last node can't be taken out");
    }
    cluster.remove(node);
  }

  /** Has a node lead a shard, which then is so. */
  public ClusterView.Shard lead(String shard, ByteBuffer body) {
    Cluster cluster = cluster();
    OptionalLong number = Digits.parse(shard);
    if (number.isEmpty() || number.getAsLong() >= cluster.shardCount()) {
      throw new ProblemException(ProblemType.NOT_FOUND, "there is no shard " + Text.safe(shard));
    }
    JsonNode node = Json.object(body, ProblemType.BAD_REQUEST).path("node");
    if (!node.isTextual()) {
      throw ProblemException.badRequest("'node' must be a node's id");
    }
    if (member(cluster, node.textValue()).isEmpty()) {
      throw unknown(node.textValue());
    }
    int id = (int) number.getAsLong();
    cluster.lead(id, node.textValue());
    return shards().get(id);
  }

  public static ProblemException unknown(String node) {
    return new ProblemException(ProblemType.NOT_FOUND, "there is no node " + Text.safe(node));
  }

  /** What can be changed: a node that belongs to no cluster yet knows nothing of any. */
  private Cluster cluster() {
    Cluster cluster =
        service
            .cluster()
            .orElseThrow(
                () -> ProblemException.badRequest("replication is off: this node is alone"));
    if (cluster.members().isEmpty()) {
      throw new Rejection.NotReady("this node is not a member of a cluster: ask one that is");
    }
    return cluster;
  }

  private static Optional<Member> member(Cluster cluster, String node) {
    return cluster.members().stream().filter(member -> member.id().equals(node)).findFirst();
  }
}
