package io.dislog.http.api;

import io.dislog.http.exchange.Exchange;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Appends, as the OpenAPI document and the framework know them; {@link AppendRoute} makes them, and
 * as a rule before the framework asks its resources.
 */
@Tag(name = "Records")
@Path("/v1/logs/{log}/records")
@Singleton
public final class AppendResource {

  private final AppendRoute route;

  @Inject
  AppendResource(AppendRoute route) {
    this.route = route;
  }

  @POST
  @Operation(
      operationId = "appendRecords",
      summary = "Appends one record or a batch, all of it or nothing")
  @APIResponse(responseCode = "201", ref = "Appended")
  @APIResponse(responseCode = "200", ref = "Repeated")
  public Uni<Void> append(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    route.append(exchange, exchange.path().parameter("log"));
    return Uni.createFrom().nothing(); // The answer is not the framework's to send.
  }
}
