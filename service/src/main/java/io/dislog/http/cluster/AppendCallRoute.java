package io.dislog.http.cluster;

import io.dislog.command.Command.Appended;
import io.dislog.command.Failure;
import io.dislog.command.Rejection;
import io.dislog.commit.Commit;
import io.dislog.http.cluster.RemoteOutcome.Placed;
import io.dislog.http.cluster.RemoteOutcome.Refused;
import io.dislog.http.cluster.RemoteOutcome.Unknown;
import io.dislog.http.exchange.AnswerQueue;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.LogEnds;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.MediaType;
import io.dislog.http.server.Problems;
import io.dislog.http.server.Service;
import io.dislog.shard.LogView;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the appends that another node gathered for the shards that this one leads. Between
 * nodes of one version, and not for users. Runs on event loops.
 */
@Singleton
public final class AppendCallRoute {

  private final Service service;

  @Inject
  AppendCallRoute(Service service) {
    this.service = service;
  }

  void register(@Observes Router router) {
    router.post("/v1/cluster/shards/:id/appends").handler(this::take);
  }

  private void take(RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    List<RemoteAppend> appends;
    Commit commit;
    try {
      appends = RemoteAppend.decode(exchange.body().duplicate());
      commit = service.commit();
    } catch (Rejection e) {
      exchange.send(Problems.of(e));
      return;
    } catch (RuntimeException e) {
      exchange.send(Problems.of(ProblemException.badRequest("these are no appends")));
      return;
    }
    carryOut(exchange, commit, appends);
  }

  private static void carryOut(Exchange exchange, Commit commit, List<RemoteAppend> appends) {
    AnswerQueue answers = AnswerQueue.ofThisLoop();
    List<CompletableFuture<RemoteOutcome>> outcomes =
        appends.stream().map(append -> submit(commit, append)).toList();
    CompletableFuture<Void> all =
        CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new));
    exchange.holdShareUntil(all);
    var _ = all.thenRun(() -> answers.add(() -> answer(exchange, outcomes)));
  }

  private static void answer(Exchange exchange, List<CompletableFuture<RemoteOutcome>> outcomes) {
    List<RemoteOutcome> told = outcomes.stream().map(CompletableFuture::join).toList();
    exchange.send(200, MediaType.BYTES, WrappedBytes.of(RemoteOutcome.encode(told)));
  }

  private static CompletableFuture<RemoteOutcome> submit(Commit commit, RemoteAppend remote) {
    try {
      LogView log = commit.log(remote.log());
      return log.id().equals(remote.id())
          ? commit
              .submit(log, remote.append())
              .handle((appended, failure) -> outcome(log, appended, failure))
              .toCompletableFuture()
          : CompletableFuture.completedFuture(new Refused());
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(outcome(e));
    }
  }

  private static RemoteOutcome outcome(
      LogView log, @Nullable Appended appended, @Nullable Throwable failure) {
    if (appended != null) {
      return new Placed(appended, LogEnds.of(log));
    }
    return failure == null ? new Unknown() : outcome(Failure.cause(failure));
  }

  /** A rejection changes nothing, but for the one that does not know. */
  private static RemoteOutcome outcome(Throwable failure) {
    boolean certain =
        failure instanceof Rejection.NoLeader none ? none.certain() : failure instanceof Rejection;
    return certain ? new Refused() : new Unknown();
  }
}
