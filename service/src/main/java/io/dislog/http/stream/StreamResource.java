package io.dislog.http.stream;

import io.dislog.http.exchange.Exchange;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Streams, as the OpenAPI document knows them; {@link StreamRoute} answers before this is asked.
 */
@Tag(name = "Streams")
@Path("/v1/stream/{path:.+}")
@Singleton
public final class StreamResource {

  private final StreamRoute route;

  @Inject
  StreamResource(StreamRoute route) {
    this.route = route;
  }

  @GET
  @Operation(operationId = "readStream", summary = "Reads a stream, or follows it")
  @APIResponse(responseCode = "200", ref = "Stream")
  @APIResponse(responseCode = "204", ref = "StreamWaited")
  @APIResponse(responseCode = "304", ref = "NotModified")
  public Uni<Void> read(@Context RoutingContext routing) {
    return answer(routing);
  }

  @HEAD
  @Operation(operationId = "tellStream", summary = "Tells where a stream ends, and what it is")
  @APIResponse(responseCode = "200", ref = "StreamTold")
  public Uni<Void> tell(@Context RoutingContext routing) {
    return answer(routing);
  }

  @PUT
  @Operation(
      operationId = "createStream",
      summary = "Creates a stream; succeeds too if it exists and is what is asked for")
  @APIResponse(responseCode = "201", ref = "StreamCreated")
  @APIResponse(responseCode = "200", ref = "StreamTold")
  public Uni<Void> create(@Context RoutingContext routing) {
    return answer(routing);
  }

  @POST
  @Operation(operationId = "appendToStream", summary = "Appends to a stream, closes it, or both")
  @APIResponse(responseCode = "200", ref = "StreamProduced")
  @APIResponse(responseCode = "204", ref = "StreamAppended")
  public Uni<Void> append(@Context RoutingContext routing) {
    return answer(routing);
  }

  @DELETE
  @Operation(operationId = "deleteStream", summary = "Deletes a stream; readers of it end")
  @APIResponse(responseCode = "204", ref = "Gone")
  public Uni<Void> delete(@Context RoutingContext routing) {
    return answer(routing);
  }

  private Uni<Void> answer(RoutingContext routing) {
    route.answer(Exchange.of(routing));
    return Uni.createFrom().nothing(); // The answer is not the framework's to send.
  }
}
