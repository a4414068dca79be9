package io.dislog.http.api;

import io.dislog.api.Reclaimed;
import io.dislog.api.RetentionPlan;
import io.dislog.command.Command;
import io.dislog.command.LogSettings;
import io.dislog.http.exchange.Accept;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.notation.MediaType;
import io.dislog.http.server.LogLookup;
import io.dislog.http.server.Service;
import io.dislog.retention.SegmentPlan;
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
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What retention will do with a log's segments, and doing it now. */
@Tag(name = "Retention")
@Path("/v1/logs/{log}/retention")
@Singleton
@RunOnVirtualThread
public final class RetentionResource {

  private final LogLookup logs;
  private final Service service;

  @Inject
  RetentionResource(LogLookup logs, Service service) {
    this.logs = logs;
    this.service = service;
  }

  @GET
  @Path("plan")
  @Operation(
      operationId = "planRetention",
      summary = "Shows what retention will do with each segment, and what holds it back")
  @APIResponse(responseCode = "200", ref = "Plan")
  public void plan(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    LogView log = logs.find(exchange);
    Accept.choose(exchange.headerList("Accept"), List.of(MediaType.JSON));
    send(exchange, plans(log));
  }

  @POST
  @Path("plan")
  @Operation(
      operationId = "tryRetention",
      summary = "Shows what retention would do with a patched configuration, and changes nothing")
  @APIResponse(responseCode = "200", ref = "Plan")
  public void tryPlan(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    LogView log = logs.find(exchange);
    exchange.requireMergePatch();
    LogSettings own = log.own().patched(ConfigJson.patch(exchange.body()));
    Accept.choose(exchange.headerList("Accept"), List.of(MediaType.JSON));
    send(exchange, log.planWith(own.over(logs.commit().defaults())).segments());
  }

  /** What goes for want of room goes next, though no limit takes it yet. */
  private List<SegmentPlan> plans(LogView log) {
    Map<Long, SegmentPlan> early =
        service.node().maintenance().early(log.name()).stream()
            .collect(Collectors.toMap(SegmentPlan::baseOffset, Function.identity()));
    return log.plan().segments().stream()
        .map(plan -> early.getOrDefault(plan.baseOffset(), plan))
        .toList();
  }

  @POST
  @Path("run")
  @Operation(operationId = "runRetention", summary = "Runs retention now")
  @APIResponse(responseCode = "200", ref = "Retained")
  public void run(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    LogView log = logs.find(exchange);
    Command.Reclaimed retained = logs.submit(log, log.retention().command());
    exchange.sendJson(200, new Reclaimed(retained.segments().size(), retained.bytes()));
  }

  private static void send(Exchange exchange, List<SegmentPlan> plans) {
    exchange.sendJson(200, new RetentionPlan(plans.stream().map(Descriptions::plan).toList()));
  }
}
