package io.dislog.http.cluster;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dislog.commit.Cluster.ShardStatus;
import io.dislog.commit.Node;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a cluster, its nodes and its shards say of themselves, as JSON objects. */
public final class ClusterJson {

  private ClusterJson() {}

  /**
   * The nodes, as {@code self} sees them.
   *
   * @param cluster its UUID; absent where it is not agreed on yet
   */
  public static void cluster(
      Optional<UUID> cluster,
      String self,
      List<NodeStatus> nodes,
      List<ShardView> shards,
      JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    if (cluster.isPresent()) {
      json.writeStringField("cluster", cluster.get().toString());
    }
    json.writeStringField("node", self);
    json.writeArrayFieldStart("nodes");
    for (NodeStatus node : nodes) {
      json.writeStartObject();
      members(node.id(), node.address(), node.health(), json);
      members(node, json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("shards");
    for (ShardView shard : shards) {
      shard(shard, json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Another node. Whoever asks for a node's own word is not told by a third what it has formed. */
  public static void node(NodeStatus node, JsonGenerator json) throws IOException {
    json.writeStartObject();
    members(node.id(), node.address(), node.health(), json);
    json.writeBooleanField("formed", true);
    members(node, json);
    json.writeEndObject();
  }

  /** How a node is, as members of an object that is begun. */
  static void members(String id, String address, Node.Health health, JsonGenerator json)
      throws IOException {
    json.writeStringField("id", id);
    json.writeStringField("address", address);
    json.writeBooleanField("ready", health.ready());
    if (!health.why().isEmpty()) {
      json.writeStringField("why", health.why());
    }
  }

  public static void shard(ShardView view, JsonGenerator json) throws IOException {
    ShardStatus shard = view.status();
    json.writeStartObject();
    json.writeNumberField("id", shard.id());
    if (shard.leader() != null) {
      json.writeStringField("leader", shard.leader());
    }
    json.writeNumberField("term", shard.term());
    json.writeArrayFieldStart("replicas");
    for (String replica : shard.replicas()) {
      json.writeString(replica);
    }
    json.writeEndArray();
    json.writeObjectFieldStart("lag");
    for (String replica : shard.replicas()) {
      Long lag = view.lag().get(replica);
      if (lag != null) {
        json.writeNumberField(replica, lag);
      }
    }
    json.writeEndObject();
    json.writeNumberField("applied", shard.applied());
    json.writeNumberField("committed", shard.committed());
    json.writeEndObject();
  }

  private static void members(NodeStatus node, JsonGenerator json) throws IOException {
    if (node.version() != null) {
      json.writeStringField("version", node.version());
    }
    if (node.storage() != null) {
      node.storage().write(json);
    }
  }

  /**
   * A shard and how far its replicas are.
   *
   * @param lag in entries, by the replicas that tell
   */
  public record ShardView(ShardStatus status, Map<String, Long> lag) {}
}
