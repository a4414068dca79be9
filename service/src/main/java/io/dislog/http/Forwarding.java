package io.dislog.http;

import io.dislog.commit.Cluster;
import io.dislog.commit.Member;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Lets any node take any request: one that changes something and that another node leads goes
 * there, with its body, which has been admitted and read. Runs on event loops.
 */
@Singleton
final class Forwarding {

  /** Once the body is there, and before anything is done. */
  private static final int BEFORE_APPENDS = 20;

  private final Service service;
  private final boolean replicates;
  private final Peers peers;
  private final Refusals refusals;
  private final ForwardMeters meters;

  @Inject
  Forwarding(
      Service service, ServiceConfig config, Peers peers, Refusals refusals, ForwardMeters meters) {
    this.service = service;
    this.replicates = Replication.of(config).isPresent();
    this.peers = peers;
    this.refusals = refusals;
    this.meters = meters;
  }

  void register(@Observes Filters filters) {
    if (replicates) {
      filters.register(this::take, BEFORE_APPENDS);
    }
  }

  private void take(RoutingContext routing) {
    Cluster cluster = service.cluster().orElse(null);
    if (cluster == null || !service.isStarted()) {
      routing.next(); // What comes next says that the service is not ready.
      return;
    }
    Exchange exchange = Exchange.of(routing);
    Concern concern = Concern.of(exchange, cluster);
    if (!concern.writes() || concern.shards().isEmpty()) {
      routing.next();
      return;
    }
    int shard = concern.shards().getFirst();
    Member leader = cluster.leaderOf(shard);
    if (leader != null && leader.id().equals(cluster.self())) {
      routing.next();
    } else if (exchange.request().headers().contains(Peers.FORWARDED)) {
      meters.count(ForwardMeters.Outcome.NOT_LEADER);
      refusals.notLeader(exchange, shard);
    } else {
      new Forward(exchange, cluster, shard, peers, refusals, meters).begin(routing::next);
    }
  }
}
