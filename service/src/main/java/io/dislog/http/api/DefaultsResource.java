package io.dislog.http.api;

import io.dislog.commit.Commit;
import io.dislog.http.exchange.Accept;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.notation.MediaType;
import io.dislog.http.server.LogLookup;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The configuration that logs have where they say nothing of their own. */
@Tag(name = "Defaults")
@Path("/v1/defaults")
@Singleton
@RunOnVirtualThread
public final class DefaultsResource {

  private final LogLookup logs;

  @Inject
  DefaultsResource(LogLookup logs) {
    this.logs = logs;
  }

  @GET
  @Operation(
      operationId = "describeDefaults",
      summary = "Returns the defaults, which apply to logs without settings of their own")
  @APIResponse(responseCode = "200", ref = "Defaults")
  public void describe(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    ConfigView view = ConfigView.of(exchange.query());
    Accept.choose(exchange.headerList("Accept"), List.of(MediaType.JSON));
    Commit commit = logs.commit();
    exchange.sendJson(200, view.json(commit.defaults(), commit.patchedDefaults()));
  }

  @PATCH
  @Operation(
      operationId = "configureDefaults",
      summary = "Changes the defaults, at once and durably")
  @APIResponse(responseCode = "200", ref = "Defaults")
  public void configure(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    exchange.requireMergePatch();
    LogLookup.await(logs.commit().changeDefaults(ConfigJson.patch(exchange.body())));
    exchange.sendJson(200, ConfigJson.json(logs.commit().defaults()));
  }
}
