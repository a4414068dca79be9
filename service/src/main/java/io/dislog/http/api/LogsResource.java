package io.dislog.http.api;

import io.dislog.api.LogPage;
import io.dislog.command.Command.Close;
import io.dislog.command.Command.Configure;
import io.dislog.command.Creation;
import io.dislog.command.Rejection;
import io.dislog.commit.Commit;
import io.dislog.http.access.LogNames;
import io.dislog.http.cluster.LogForks;
import io.dislog.http.exchange.Accept;
import io.dislog.http.exchange.Conditions;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.exchange.Query;
import io.dislog.http.notation.MediaType;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.StreamName;
import io.dislog.http.server.LogLookup;
import io.dislog.shard.LogView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Logs: created, described, configured, listed and deleted. */
@Tag(name = "Logs")
@Path("/v1/logs")
@Singleton
@RunOnVirtualThread
public final class LogsResource {

  private static final int DEFAULT_PAGE = 100;
  private static final int MAX_PAGE = 1000;

  private final LogLookup logs;
  private final LogForks forks;

  @Inject
  LogsResource(LogLookup logs, LogForks forks) {
    this.logs = logs;
    this.forks = forks;
  }

  @GET
  @Operation(operationId = "listLogs", summary = "Lists the logs in the order of their names")
  @APIResponse(responseCode = "200", ref = "LogPage")
  public void list(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    Query query = exchange.query();
    int limit = (int) query.number("limit", DEFAULT_PAGE, 1, MAX_PAGE);
    String prefix = query.textOrEmpty("prefix");
    String after = query.textOrEmpty("after");
    ConfigView view = ConfigView.of(query);
    Accept.choose(exchange.headerList("Accept"), List.of(MediaType.JSON));
    List<LogView> found = visible(exchange, prefix, after.isEmpty() ? null : after, limit + 1);
    List<LogView> page = found.subList(0, Math.min(limit, found.size()));
    exchange.sendJson(
        200,
        new LogPage(
            page.stream().map(log -> Descriptions.log(log, view)).toList(),
            found.size() > limit ? page.getLast().name() : null));
  }

  /** So many of the logs that the sender may know of. */
  private List<LogView> visible(
      Exchange exchange, String prefix, @Nullable String after, int count) {
    List<LogView> visible = new ArrayList<>();
    List<LogView> some;
    @Nullable String last = after;
    do {
      some = logs.commit().logs(prefix, last, count);
      for (LogView log : some) {
        last = log.name();
        if (visible.size() < count && exchange.permission().includes(LogNames.of(log))) {
          visible.add(log);
        }
      }
    } while (visible.size() < count && some.size() == count);
    return visible;
  }

  @PUT
  @Path("{log}")
  @Operation(
      operationId = "createLog",
      summary = "Creates a log; succeeds too if it exists with these settings")
  @APIResponse(responseCode = "201", ref = "LogCreated")
  @APIResponse(responseCode = "200", ref = "Log")
  public void create(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    Commit commit = logs.commit();
    String name = exchange.path().parameter("log");
    if (StreamName.isDigest(name)) {
      throw new ProblemException(
          ProblemType.INVALID_LOG_NAME,
          "a log whose name begins with 'x---' is made as a stream, by PUT /v1/stream/PATH");
    }
    try {
      logs.find(exchange);
    } catch (Rejection.UnknownLog | Rejection.LogRetired isCreatedNowOrNot) {
      // Its refusals are about no log that exists, so they don't say where one ends.
    }
    Creation creation =
        exchange.body().hasRemaining()
            ? ConfigJson.creation(exchange.body(), System.currentTimeMillis())
            : Creation.ANY;
    boolean created = LogLookup.await(commit.create(name, creation));
    LogView log = logs.find(exchange);
    if (created) {
      exchange.with("Location", "/v1/logs/" + name);
    }
    exchange.sendJson(created ? 201 : 200, Descriptions.log(log));
  }

  @PATCH
  @Path("{log}")
  @Operation(
      operationId = "configureLog",
      summary = "Changes a log's own settings, without a restart")
  @APIResponse(responseCode = "200", ref = "Log")
  public void configure(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    LogView log = logs.find(exchange);
    exchange.requireMergePatch();
    logs.submit(log, new Configure(ConfigJson.patch(exchange.body())));
    exchange.sendJson(200, Descriptions.log(log));
  }

  @GET
  @Path("{log}")
  @Operation(operationId = "describeLog", summary = "Describes a log")
  @APIResponse(responseCode = "200", ref = "Log")
  public void describe(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    LogView log = logs.find(exchange);
    ConfigView view = ConfigView.of(exchange.query());
    Accept.choose(exchange.headerList("Accept"), List.of(MediaType.JSON));
    exchange.sendJson(200, Descriptions.log(log, view));
  }

  @POST
  @Path("{log}/close")
  @Operation(operationId = "closeLog", summary = "Closes a log: nothing is appended any more")
  @APIResponse(responseCode = "200", ref = "Log")
  public void close(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    LogView log = logs.find(exchange);
    logs.submit(log, new Close(Conditions.expectedOffset(exchange), Conditions.producer(exchange)));
    exchange.sendJson(200, Descriptions.log(log));
  }

  @DELETE
  @Path("{log}")
  @Operation(operationId = "deleteLog", summary = "Deletes a log with its files; streams on it end")
  @APIResponse(responseCode = "204", ref = "Gone")
  public void delete(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    forks.delete(exchange.path().parameter("log"));
    exchange.send(204);
  }
}
