package io.dislog.http.cluster;

import io.dislog.command.Command.Appended;
import io.dislog.http.exchange.AnswerQueue;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.Problem;
import io.dislog.http.server.CommitMeters;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The hot path: makes appends of requests without the framework's REST layer in between, which took
 * about a quarter of the service's processor time for each. Runs on event loops.
 *
 * <p>Small bodies are parsed on the event loop and go from there to the writer without a change of
 * threads. Large ones would keep the loop's other clients waiting, so they are parsed elsewhere.
 */
@Singleton
public final class DirectAppends {

  private static final int LARGE_BODY_BYTES = 256 << 10;

  private final CommitMeters meters;
  private final Forwarding forwarding;

  @Inject
  DirectAppends(CommitMeters meters, Forwarding forwarding) {
    this.meters = meters;
    this.forwarding = forwarding;
  }

  /** One request of a protocol that appends. */
  public interface Request {

    /** Parses the body, and commits what it asks for; throws what can be refused at once. */
    CompletionStage<Appended> submit();

    /** Answers with what was appended. */
    void answer(Appended appended);

    /** How it is answered where nothing was appended. */
    Problem refusal(Throwable failure);
  }

  /** Carries out a request whose body is there, and answers it. */
  public void carryOut(Exchange exchange, Request request) {
    long start = System.nanoTime();
    AnswerQueue answers = AnswerQueue.ofThisLoop();
    CompletionStage<Appended> appended = submit(exchange, request);
    exchange.holdShareUntil(appended);
    appended.whenComplete((answer, failure) ->
        answers.add(() -> {
          answer(exchange, request, answer, failure);
          meters.answered(System.nanoTime() - start);
        }));
  }

  private static CompletionStage<Appended> submit(Exchange exchange, Request request) {
    try {
      return exchange.body().remaining() <= LARGE_BODY_BYTES
          ? request.submit()
          : CompletableFuture.supplyAsync(request::submit, Infrastructure.getDefaultExecutor())
              .thenCompose(Function.identity());
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private void answer(
      Exchange exchange,
      Request request,
      @Nullable Appended appended,
      @Nullable Throwable failure) {
    if (appended != null) {
      request.answer(appended);
    } else {
      forwarding.refuse(
          exchange,
          request.refusal(failure == null ? new IllegalStateException("no answer") : failure));
    }
  }
}
