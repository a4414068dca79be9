package io.dislog.http.cluster;

import io.dislog.command.Command.Append;
import io.dislog.command.Command.Appended;
import io.dislog.command.Rejection;
import io.dislog.commit.Cluster;
import io.dislog.commit.Member;
import io.dislog.http.cluster.ForwardMeters.Outcome;
import io.dislog.http.cluster.RemoteOutcome.Placed;
import io.dislog.http.cluster.RemoteOutcome.Refused;
import io.dislog.http.cluster.RemoteOutcome.Unknown;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.server.Peers;
import io.dislog.http.server.Service;
import io.dislog.shard.LogView;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Commits appends wherever their log's shard is led. Small ones that another node leads are parsed
 * here and go there many in a call, which costs less than a request each. Safe for use by many
 * threads; never blocks.
 *
 * <p>What the leader refuses is asked once more as the client sent it, by {@link Forwarding}: so
 * the client is told what the leader says of it, and not what this node, which may be behind,
 * thinks.
 */
@Singleton
public final class LeaderAppends {

  /** The requests with larger bodies are relayed one by one: they are few, and copied less. */
  private static final int MAX_BODY_BYTES = 64 << 10;

  private final Service service;
  private final Peers peers;
  private final ForwardMeters meters;
  private final Vertx vertx;
  private final Map<Led, AppendCalls> calls = new ConcurrentHashMap<>();

  @Inject
  LeaderAppends(Service service, Peers peers, ForwardMeters meters, Vertx vertx) {
    this.service = service;
    this.peers = peers;
    this.meters = meters;
    this.vertx = vertx;
  }

  /** Whether this node parses a request that another node leads. */
  boolean parses(Exchange exchange) {
    String name = exchange.path().logOfRecords();
    return name != null
        && exchange.path().streamPath() == null
        && exchange.request().method().equals(HttpMethod.POST)
        && exchange.body().remaining() <= MAX_BODY_BYTES
        && isKnown(name);
  }

  private boolean isKnown(String log) {
    try {
      return service.commit().log(log).name().equals(log);
    } catch (Rejection e) {
      return false; // The leader may know it.
    }
  }

  /** Commits an append that a request asks for. */
  public CompletionStage<Appended> submit(Exchange exchange, LogView log, Append append) {
    Cluster cluster = service.cluster().orElse(null);
    if (cluster == null || Forwarding.isSentOn(exchange)) {
      return service.commit().submit(log, append);
    }
    int shard = cluster.shardOf(log.name());
    Member leader = cluster.leaderOf(shard);
    if (leader == null || leader.id().equals(cluster.self())) {
      return service.commit().submit(log, append);
    }
    return calls
        .computeIfAbsent(
            new Led(shard, leader),
            led -> new AppendCalls(vertx, peers, cluster, led.shard(), led.leader()))
        .submit(new RemoteAppend(log.name(), log.id(), append))
        .thenApply(outcome -> appended(exchange, append, outcome));
  }

  private Appended appended(Exchange exchange, Append append, RemoteOutcome outcome) {
    return switch (outcome) {
      case Placed placed -> {
        meters.count(Outcome.ANSWERED);
        exchange.about(placed.ends());
        yield placed.appended();
      }
      case Refused() -> throw new Rejection.NoLeader("the leader did not take it", true);
      case Unknown() -> {
        if (append.producer() == null) { // Else it is sent again.
          meters.count(Outcome.UNKNOWN);
        }
        throw new Rejection.NoLeader("the leader went away before it answered");
      }
    };
  }

  /** Whoever waits for a former leader holds up nobody who asks the next. */
  private record Led(int shard, Member leader) {}
}
