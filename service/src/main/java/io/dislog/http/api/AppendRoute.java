package io.dislog.http.api;

import io.dislog.command.Command.Appended;
import io.dislog.http.cluster.Forwarding;
import io.dislog.http.exchange.AnswerQueue;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.Problem;
import io.dislog.http.server.CommitMeters;
import io.dislog.http.server.ProblemMeters;
import io.dislog.http.server.Problems;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The hot path: appends one record or a batch, without the framework's REST layer in between, which
 * took about a quarter of the service's processor time for each.
 *
 * <p>Small bodies are parsed on the event loop and go from there to the writer without a change of
 * threads. Large ones would keep the loop's other clients waiting, so they are parsed elsewhere.
 */
@Singleton
final class AppendRoute {

  private static final int LARGE_BODY_BYTES = 256 << 10;

  private final Appends appends;
  private final CommitMeters meters;
  private final ProblemMeters problemMeters;
  private final Forwarding forwarding;

  @Inject
  AppendRoute(
      Appends appends, CommitMeters meters, ProblemMeters problemMeters, Forwarding forwarding) {
    this.appends = appends;
    this.meters = meters;
    this.problemMeters = problemMeters;
    this.forwarding = forwarding;
  }

  void take(RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    String name =
        routing.request().method().equals(HttpMethod.POST) ? exchange.path().logOfRecords() : null;
    if (name == null) {
      routing.next();
    } else {
      append(exchange, name);
    }
  }

  /** Appends, and answers. */
  void append(Exchange exchange, String name) {
    long start = System.nanoTime();
    AnswerQueue answers = AnswerQueue.ofThisLoop();
    CompletionStage<Appended> appended = submit(exchange, name);
    exchange.holdShareUntil(appended);
    appended.whenComplete((answer, failure) ->
        answers.add(() -> {
          answer(exchange, name, answer, failure);
          meters.answered(System.nanoTime() - start);
        }));
  }

  private CompletionStage<Appended> submit(Exchange exchange, String name) {
    try {
      return exchange.body().remaining() <= LARGE_BODY_BYTES
          ? appends.submit(exchange, name)
          : CompletableFuture.supplyAsync(
                  () -> appends.submit(exchange, name), Infrastructure.getDefaultExecutor())
              .thenCompose(Function.identity());
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private void answer(
      Exchange exchange, String name, @Nullable Appended appended, @Nullable Throwable failure) {
    if (appended != null) {
      AppendAnswer.send(exchange, name, appended);
    } else {
      Problem problem =
          Problems.of(failure == null ? new IllegalStateException("no answer") : failure);
      if (forwarding.overtaken(exchange, problem) == null) {
        problemMeters.count(problem.type());
        exchange.send(problem);
      }
    }
  }
}
