package io.dislog.http.api;

import io.dislog.api.ClusterView;
import io.dislog.http.cluster.Membership;
import io.dislog.http.cluster.NodeInfo;
import io.dislog.http.exchange.Accept;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.MediaType;
import io.dislog.http.server.Peers;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The nodes and what they replicate: without replication this node alone, and no shards. Any node
 * answers, and none waits for a leader to tell what it knows.
 */
@Tag(name = "Cluster")
@Path("/v1/cluster")
@Singleton
@RunOnVirtualThread
public final class ClusterResource {

  private final Membership membership;
  private final NodeInfo info;

  @Inject
  ClusterResource(Membership membership, NodeInfo info) {
    this.membership = membership;
    this.info = info;
  }

  @GET
  @Operation(
      operationId = "describeCluster",
      summary = "Lists the nodes and the shards that they replicate")
  @APIResponse(responseCode = "200", ref = "Cluster")
  public void describe(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    chooseJson(exchange);
    exchange.sendJson(200, membership.view());
  }

  @GET
  @Path("nodes/{id}")
  @Operation(operationId = "describeNode", summary = "Returns the state of a node")
  @APIResponse(responseCode = "200", ref = "Node")
  public void describeNode(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    String id = exchange.path().parameter("id");
    chooseJson(exchange);
    if (id.equals(membership.self())) {
      exchange.sendJson(200, info.own());
      return;
    }
    // A node that asks another one asks for that node's own word; a third is not asked for it.
    if (exchange.request().headers().contains(Peers.FORWARDED)) {
      throw Membership.unknown(id);
    }
    ClusterView.Member other = membership.other(id).orElseThrow(() -> Membership.unknown(id));
    exchange.sendJson(200, NodeInfo.of(other));
  }

  @PATCH
  @Path("nodes/{id}")
  @Operation(
      operationId = "configureNode",
      summary = "Changes how often a node runs retention, until the node restarts")
  @APIResponse(responseCode = "200", ref = "Node")
  public void configureNode(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    String id = exchange.path().parameter("id");
    if (!id.equals(membership.self())) {
      ClusterView.Member other = membership.other(id).orElseThrow(() -> Membership.unknown(id));
      throw ProblemException.badRequest(
          "a node is configured at its own address: " + other.address());
    }
    exchange.requireMergePatch();
    info.change(exchange.body());
    exchange.sendJson(200, info.own());
  }

  @PUT
  @Path("nodes/{id}")
  @Operation(operationId = "addNode", summary = "Adds a node to all shards, once it has their data")
  @APIResponse(responseCode = "201", ref = "Cluster")
  @APIResponse(responseCode = "200", ref = "Cluster")
  public void add(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    boolean isNew = membership.add(exchange.path().parameter("id"), exchange.body());
    exchange.sendJson(isNew ? 201 : 200, membership.view());
  }

  @DELETE
  @Path("nodes/{id}")
  @Operation(operationId = "removeNode", summary = "Removes a node from all shards")
  @APIResponse(responseCode = "204", ref = "Gone")
  public void remove(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    membership.remove(exchange.path().parameter("id"));
    exchange.send(204);
  }

  @PUT
  @Path("shards/{id}/leader")
  @Operation(operationId = "leadShard", summary = "Makes a node the leader of a shard")
  @APIResponse(responseCode = "200", ref = "Shard")
  public void lead(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    exchange.sendJson(200, membership.lead(exchange.path().parameter("id"), exchange.body()));
  }

  private static void chooseJson(Exchange exchange) {
    Accept.choose(exchange.headerList("Accept"), List.of(MediaType.JSON));
  }
}
