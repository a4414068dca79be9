package io.dislog.http;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The nodes and what they replicate: without replication this node alone, and no shards. */
@Path("/v1/cluster")
@Singleton
@RunOnVirtualThread
public final class ClusterResource {

  private final String node;
  private final String address;
  private final Service service;

  @Inject
  ClusterResource(
      ServiceConfig config,
      @ConfigProperty(name = "quarkus.http.host") String host,
      @ConfigProperty(name = "quarkus.http.port") int port,
      Service service) {
    this.node = config.raft().nodeId();
    this.address = host + ":" + port;
    this.service = service;
  }

  @GET
  @Operation(operationId = "describeCluster", summary = "The nodes and what they replicate")
  @APIResponse(responseCode = "200", ref = "Cluster")
  public void describe(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    Accept.choose(exchange.headerList("Accept"), List.of(MediaType.JSON));
    exchange.sendJson(
        200,
        json -> {
          json.writeStartObject();
          json.writeStringField("node", node);
          json.writeArrayFieldStart("nodes");
          json.writeStartObject();
          json.writeStringField("id", node);
          json.writeStringField("address", address);
          json.writeBooleanField("ready", service.health().takesAppends());
          json.writeEndObject();
          json.writeEndArray();
          json.writeArrayFieldStart("shards");
          json.writeEndArray();
          json.writeEndObject();
        });
  }
}
