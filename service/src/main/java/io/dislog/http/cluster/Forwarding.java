package io.dislog.http.cluster;

import io.dislog.commit.Cluster;
import io.dislog.commit.Member;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.Problem;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.server.Peers;
import io.dislog.http.server.ProblemResponder;
import io.dislog.http.server.Service;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Lets any node take any request: one that changes something and that another node leads goes
 * there, with its body, which has been admitted and read; small appends do by {@link
 * LeaderAppends}. So does one that this node took as its leader, and did not carry out since it
 * ceased to be.
 */
@Singleton
public final class Forwarding {

  private final Service service;
  private final Peers peers;
  private final ProblemResponder responder;
  private final ForwardMeters meters;
  private final LeaderAppends appends;

  @Inject
  Forwarding(
      Service service,
      Peers peers,
      ProblemResponder responder,
      ForwardMeters meters,
      LeaderAppends appends) {
    this.service = service;
    this.appends = appends;
    this.peers = peers;
    this.responder = responder;
    this.meters = meters;
  }

  /** Sends a request to the leader that it concerns, once its body is there. */
  public void take(RoutingContext routing) {
    Cluster cluster = service.cluster().orElse(null);
    if (cluster == null || !service.isStarted()) {
      routing.next(); // What comes next says that the service is not ready.
      return;
    }
    Exchange exchange = Exchange.of(routing);
    RequestRouting routed = RequestRouting.of(exchange, cluster);
    if (!routed.writes() || routed.shards().isEmpty()) {
      routing.next();
      return;
    }
    int shard = routed.shards().getFirst();
    Member leader = cluster.leaderOf(shard);
    if (leader != null && leader.id().equals(cluster.self())) {
      routing.next();
    } else if (isSentOn(exchange)) {
      meters.count(ForwardMeters.Outcome.NOT_LEADER);
      responder.notLeader(exchange, shard);
    } else if (leader != null && appends.parses(exchange)) {
      routing.next();
    } else {
      forward(exchange, cluster, shard).begin(routing::next);
    }
  }

  /**
   * Has the next leader answer a request that this node was to refuse, where it took it as the
   * leader, and leads no more, or where the leader to which it sent an append refused that: it is
   * certain then that nobody has carried it out. So too where that is not certain, and no harm is
   * done where the request is carried out twice.
   *
   * @return ends once it was answered; null where it is answered with the refusal
   */
  public @Nullable CompletionStage<@Nullable Void> overtaken(Exchange exchange, Problem refusal) {
    Cluster cluster = service.cluster().orElse(null);
    if (cluster == null || isSentOn(exchange) || refusal.type() != ProblemType.NO_LEADER) {
      return null;
    }
    boolean mayBeDone = !refusal.headers().containsKey(Peers.NOT_LEADER);
    RequestRouting routed = RequestRouting.of(exchange, cluster);
    if (!routed.writes() || (mayBeDone && !ForwardedRequest.isRepeatable(exchange))) {
      return null;
    }
    exchange.aboutNothing();
    ForwardedRequest forward = forward(exchange, cluster, routed.shards().getFirst());
    exchange.context().runOnContext(now -> forward.begin(mayBeDone));
    return forward.done();
  }

  /** Answers with a refusal, or has the next leader answer where this node leads no more. */
  public void refuse(Exchange exchange, Problem refusal) {
    if (overtaken(exchange, refusal) == null) {
      responder.send(exchange, refusal);
    }
  }

  private ForwardedRequest forward(Exchange exchange, Cluster cluster, int shard) {
    return new ForwardedRequest(exchange, cluster, shard, peers, responder, meters);
  }

  /** Whether another node sent it here; then it goes no further. */
  static boolean isSentOn(Exchange exchange) {
    return exchange.request().headers().contains(Peers.FORWARDED);
  }
}
