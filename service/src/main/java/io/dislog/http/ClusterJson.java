package io.dislog.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dislog.commit.Cluster.ShardStatus;
import io.dislog.commit.Node;
import java.io.IOException;
import java.util.List;

/** What a cluster, its nodes and its shards say of themselves, as JSON objects. */
final class ClusterJson {

  private ClusterJson() {}

  /** The nodes, as {@code self} sees them. */
  static void cluster(
      String self, List<NodeStatus> nodes, List<ShardStatus> shards, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("node", self);
    json.writeArrayFieldStart("nodes");
    for (NodeStatus node : nodes) {
      json.writeStartObject();
      members(node, json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("shards");
    for (ShardStatus shard : shards) {
      shard(shard, json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** A node that gives no word of its own, or only whether it is ready. */
  static void node(NodeStatus node, JsonGenerator json) throws IOException {
    Node.Health health = new Node.Health(node.ready(), node.ready() ? "" : "it did not say");
    json.writeStartObject();
    members(node.id(), node.address(), health, true, json);
    json.writeEndObject();
  }

  /**
   * How a node is and what is wrong with it, as members of an object that is begun.
   *
   * @param formed whether it has ever agreed on anything with others
   */
  static void members(
      String id, String address, Node.Health health, boolean formed, JsonGenerator json)
      throws IOException {
    members(new NodeStatus(id, address, health.takesAppends()), json);
    json.writeBooleanField("formed", formed);
    if (!health.why().isEmpty()) {
      json.writeStringField("why", health.why());
    }
  }

  static void shard(ShardStatus shard, JsonGenerator json) throws IOException {
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
    json.writeNumberField("applied", shard.applied());
    json.writeNumberField("committed", shard.committed());
    json.writeEndObject();
  }

  private static void members(NodeStatus node, JsonGenerator json) throws IOException {
    json.writeStringField("id", node.id());
    json.writeStringField("address", node.address());
    json.writeBooleanField("ready", node.ready());
  }

  /**
   * A node as the list has it.
   *
   * @param address of its API, as {@code host:port}
   */
  record NodeStatus(String id, String address, boolean ready) {}
}
