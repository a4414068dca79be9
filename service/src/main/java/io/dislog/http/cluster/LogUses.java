package io.dislog.http.cluster;

import io.dislog.command.Command.Use;
import io.dislog.command.Failure;
import io.dislog.command.Rejection;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.server.ProblemResponder;
import io.dislog.http.server.Problems;
import io.dislog.http.server.Service;
import io.dislog.shard.LogView;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notes that a log with a time to live is read, before the read is answered: the leader of its
 * shard has that time begin anew. Runs on event loops.
 *
 * <p>A read that can't be noted, for want of a leader, is answered all the same: without one no log
 * goes.
 */
@Singleton
public final class LogUses {

  private static final long PATIENCE_MILLIS = 2000;

  private final Service service;
  private final LeaderCalls leaders;
  private final ProblemResponder responder;

  @Inject
  LogUses(Service service, LeaderCalls leaders, ProblemResponder responder) {
    this.service = service;
    this.leaders = leaders;
    this.responder = responder;
  }

  /** Notes a read, where that is due, and lets it go on. */
  public void take(RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    LogView log = isRead(exchange) ? find(exchange) : null;
    if (log == null || !log.isUseDue()) {
      routing.next();
      return;
    }
    var _ =
        leaders
            .submit(log.name(), log.id(), new Use())
            .toCompletableFuture()
            .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
            .whenComplete((noted, failure) ->
                exchange.context().runOnContext(on -> goOn(routing, exchange, failure)));
  }

  private static boolean isRead(Exchange exchange) {
    return exchange.request().method().equals(HttpMethod.GET) && exchange.path().isOfRecords();
  }

  private @Nullable LogView find(Exchange exchange) {
    try {
      return service.commit().log(String.valueOf(exchange.path().logName()));
    } catch (Rejection e) {
      return null; // Which is said where the read is answered.
    }
  }

  private void goOn(RoutingContext routing, Exchange exchange, @Nullable Throwable failure) {
    if (exchange.response().closed()) {
      return;
    }
    if (failure != null && Failure.cause(failure) instanceof Rejection.UnknownLog gone) {
      responder.send(exchange, Problems.of(gone));
    } else {
      routing.next();
    }
  }
}
