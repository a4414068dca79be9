package io.dislog.http.cluster;

import io.dislog.commit.Cluster;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.Problem;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.Text;
import io.dislog.http.server.ProblemResponder;
import io.dislog.http.server.Service;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Has reads show what was acknowledged before them, by whichever node: this one asks the leader how
 * far that is, and waits until it has as much. A stream, and a wait for records, are so at their
 * start. Runs on event loops.
 */
@Singleton
public final class Freshness {

  private static final String PARAMETER = "consistency";

  private final Service service;
  private final ProblemResponder responder;

  @Inject
  Freshness(Service service, ProblemResponder responder) {
    this.service = service;
    this.responder = responder;
  }

  /** Holds a read until this node has what it must show. */
  public void take(RoutingContext routing) {
    Cluster cluster = service.cluster().orElse(null);
    String query = routing.request().query();
    if (cluster == null && query == null) {
      routing.next();
      return;
    }
    Exchange exchange = Exchange.of(routing);
    try {
      Consistency wanted = wanted(exchange);
      if (cluster == null) {
        routing.next();
      } else { // Before the logs are open, too: when the read gets there, they may be.
        read(routing, exchange, cluster, wanted);
      }
    } catch (ProblemException e) {
      responder.send(exchange, e.problem());
    }
  }

  /** Only reads have a say; to what writes the parameter is unknown. */
  private static Consistency wanted(Exchange exchange) {
    String method = exchange.request().method().name();
    boolean reads = method.equals("GET") || exchange.isHead();
    if (!reads || !exchange.path().isReplicated()) {
      return Consistency.WHERE_POSSIBLE;
    }
    // What a stream's answer says of its end is final for the protocol's clients: it must be true.
    Consistency usual =
        exchange.path().streamPath() == null ? Consistency.WHERE_POSSIBLE : Consistency.LEADER;
    return exchange.request().query() == null
        ? usual
        : Consistency.of(exchange.query().text(PARAMETER), usual);
  }

  private void read(
      RoutingContext routing, Exchange exchange, Cluster cluster, Consistency wanted) {
    RequestRouting routed = RequestRouting.of(exchange, cluster);
    if (routed.writes() || routed.shards().isEmpty()) {
      routing.next();
    } else if (wanted == Consistency.LOCAL) {
      exchange.markLocal();
      routing.next();
    } else {
      CompletableFuture<Boolean> fresh = freshen(cluster, routed.shards(), wanted.patience);
      if (fresh.isDone()) {
        go(routing, exchange, wanted, fresh);
      } else {
        var _ =
            fresh.whenComplete((is, failure) ->
                exchange.context().runOnContext(on -> go(routing, exchange, wanted, fresh)));
      }
    }
  }

  private static CompletableFuture<Boolean> freshen(
      Cluster cluster, List<Integer> shards, Duration patience) {
    List<CompletableFuture<Boolean>> all =
        shards.stream()
            .map(shard -> cluster.freshen(shard, patience).toCompletableFuture())
            .toList();
    return all.size() == 1
        ? all.getFirst()
        : CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
            .thenApply(done -> all.stream().allMatch(CompletableFuture::join));
  }

  private void go(
      RoutingContext routing,
      Exchange exchange,
      Consistency wanted,
      CompletableFuture<Boolean> fresh) {
    if (exchange.response().closed()) {
      return;
    }
    if (!fresh.isCompletedExceptionally() && fresh.join()) {
      routing.next();
      return;
    }
    exchange.markLocal();
    if (wanted == Consistency.LEADER) {
      responder.send(
          exchange,
          Problem.of(ProblemType.NO_LEADER, "no leader confirmed in time what is committed"));
    } else {
      routing.next();
    }
  }

  /** How new what is read must be. */
  private enum Consistency {
    WHERE_POSSIBLE(Duration.ofSeconds(1)),
    LEADER(Duration.ofMillis(1500)),
    LOCAL(Duration.ZERO);

    private final Duration patience;

    Consistency(Duration patience) {
      this.patience = patience;
    }

    static Consistency of(@Nullable String text, Consistency usual) {
      return switch (text) {
        case null -> usual;
        case "leader" -> LEADER;
        case "local" -> LOCAL;
        default ->
            throw ProblemException.badRequest(
                "'consistency' is neither leader nor local: " + Text.safe(text));
      };
    }
  }
}
