package io.dislog.http.api;

import io.dislog.command.Command.Seal;
import io.dislog.command.Command.Sealed;
import io.dislog.http.exchange.Accept;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.notation.MediaType;
import io.dislog.http.server.LogLookup;
import io.dislog.log.SegmentInfo;
import io.dislog.shard.LogView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A log's segments. */
@Tag(name = "Segments")
@Path("/v1/logs/{log}/segments")
@Singleton
@RunOnVirtualThread
public final class SegmentsResource {

  private final LogLookup logs;

  @Inject
  SegmentsResource(LogLookup logs) {
    this.logs = logs;
  }

  @GET
  @Operation(operationId = "listSegments", summary = "Lists the segments of a log")
  @APIResponse(responseCode = "200", ref = "SegmentList")
  public void list(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    LogView log = logs.find(exchange);
    Accept.choose(exchange.headerList("Accept"), List.of(MediaType.JSON));
    exchange.sendJson(
        200,
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("segments");
          for (SegmentInfo segment : log.segments()) {
            Descriptions.segment(segment, json);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  @POST
  @Operation(
      operationId = "sealSegment",
      summary = "Seals the active segment and opens a new one, unless it is empty")
  @APIResponse(responseCode = "201", ref = "Segment")
  @APIResponse(responseCode = "200", ref = "Segment")
  public void seal(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    LogView log = logs.find(exchange);
    Sealed sealed = logs.submit(log, new Seal());
    SegmentInfo active = segment(log, sealed.baseOffset());
    exchange.sendJson(sealed.created() ? 201 : 200, json -> Descriptions.segment(active, json));
  }

  /** The segment that begins here or, where retention was faster, the oldest behind it. */
  private static SegmentInfo segment(LogView log, long baseOffset) {
    List<SegmentInfo> segments = log.segments();
    return segments.stream()
        .filter(segment -> segment.baseOffset() >= baseOffset)
        .findFirst()
        .orElse(segments.getLast());
  }
}
