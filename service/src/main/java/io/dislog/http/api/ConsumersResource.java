package io.dislog.http.api;

import io.dislog.command.Command.ConsumerMove;
import io.dislog.command.Command.DeleteConsumer;
import io.dislog.command.Command.MoveConsumer;
import io.dislog.command.Consumer;
import io.dislog.command.Rejection;
import io.dislog.http.exchange.Accept;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.notation.MediaType;
import io.dislog.http.server.LogLookup;
import io.dislog.shard.LogView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A log's consumers. */
@Tag(name = "Consumers")
@Path("/v1/logs/{log}/consumers")
@Singleton
@RunOnVirtualThread
public final class ConsumersResource {

  private final LogLookup logs;

  @Inject
  ConsumersResource(LogLookup logs) {
    this.logs = logs;
  }

  @GET
  @Operation(operationId = "listConsumers", summary = "Lists the consumers of a log")
  @APIResponse(responseCode = "200", ref = "ConsumerList")
  public void list(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    LogView log = logs.find(exchange);
    Accept.choose(exchange.headerList("Accept"), List.of(MediaType.JSON));
    exchange.sendJson(
        200,
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("consumers");
          for (Consumer consumer : log.consumers()) {
            Descriptions.consumer(consumer, log, json);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  @GET
  @Path("{name}")
  @Operation(operationId = "describeConsumer", summary = "Returns the position of a consumer")
  @APIResponse(responseCode = "200", ref = "Consumer")
  public void describe(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    String consumer = exchange.path().parameter("name");
    LogView log = logs.find(exchange);
    Accept.choose(exchange.headerList("Accept"), List.of(MediaType.JSON));
    Consumer known = log.consumer(consumer);
    if (known == null) {
      throw new Rejection.UnknownConsumer(consumer);
    }
    exchange.sendJson(200, json -> Descriptions.consumer(known, log, json));
  }

  @PUT
  @Path("{name}")
  @Operation(
      operationId = "moveConsumer",
      summary = "Sets the position of a consumer, and creates the consumer if it does not exist")
  @APIResponse(responseCode = "201", ref = "Consumer")
  @APIResponse(responseCode = "200", ref = "Consumer")
  public void move(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    String consumer = exchange.path().parameter("name");
    LogView log = logs.find(exchange);
    Long ifAt = Precondition.of(exchange.headerList("If-Match")).at(log.consumer(consumer));
    ConsumerMove moved =
        logs.submit(log, new MoveConsumer(consumer, PositionJson.read(exchange.body()), ifAt));
    if (moved.created()) {
      exchange.with("Location", "/v1/logs/" + log.name() + "/consumers/" + consumer);
    }
    exchange.sendJson(
        moved.created() ? 201 : 200, json -> Descriptions.consumer(moved.consumer(), log, json));
  }

  @DELETE
  @Path("{name}")
  @Operation(
      operationId = "deleteConsumer",
      summary = "Deletes a consumer; it no longer holds back retention")
  @APIResponse(responseCode = "204", ref = "Gone")
  public void delete(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    String consumer = exchange.path().parameter("name");
    logs.submit(logs.find(exchange), new DeleteConsumer(consumer));
    exchange.send(204);
  }
}
