package io.dislog.http;

import io.dislog.shard.Command.Appended;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * The hot path: appends one record or a batch.
 *
 * <p>Small bodies are parsed on the event loop and go from there to the writer without a change of
 * threads (measured on two cores: a method on a virtual thread halves the rate of POSTs). Large
 * ones would keep the loop's other clients waiting, so they are parsed elsewhere.
 */
@Path("/v1/logs/{log}/records")
@Singleton
public final class AppendResource {

  private static final int LARGE_BODY_BYTES = 256 << 10;

  private final Appends appends;
  private final CommitMeters meters;

  @Inject
  AppendResource(Appends appends, CommitMeters meters) {
    this.appends = appends;
    this.meters = meters;
  }

  @POST
  @Operation(
      operationId = "appendRecords",
      summary = "Appends one record or a batch, all of it or nothing")
  @APIResponse(responseCode = "201", ref = "Appended")
  @APIResponse(responseCode = "200", ref = "Repeated")
  public Uni<Void> append(@PathParam("log") String name, @Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    long start = System.nanoTime();
    CompletionStage<Appended> appended =
        exchange.body().remaining() <= LARGE_BODY_BYTES
            ? appends.submit(exchange, name)
            : CompletableFuture.supplyAsync(
                    () -> appends.submit(exchange, name), Infrastructure.getDefaultExecutor())
                .thenCompose(Function.identity());
    exchange.holdShareUntil(appended);
    return Uni.createFrom()
        .emitter(emitter ->
            appended.whenComplete((answer, failure) ->
                exchange
                    .context()
                    .runOnContext(on -> {
                      answer(exchange, name, answer, failure, emitter);
                      meters.answered(System.nanoTime() - start);
                    })));
  }

  private static void answer(
      Exchange exchange,
      String name,
      @Nullable Appended appended,
      @Nullable Throwable failure,
      UniEmitter<? super Void> emitter) {
    if (appended == null) {
      emitter.fail(failure == null ? new IllegalStateException("no answer") : failure);
    } else {
      AppendAnswer.send(exchange, name, appended);
      emitter.complete(null);
    }
  }
}
