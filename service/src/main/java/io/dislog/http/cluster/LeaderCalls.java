package io.dislog.http.cluster;

import io.dislog.command.Command;
import io.dislog.command.Command.Done;
import io.dislog.command.CommandFormat;
import io.dislog.command.Encoder;
import io.dislog.command.Rejection;
import io.dislog.commit.Cluster;
import io.dislog.commit.Commit;
import io.dislog.commit.Member;
import io.dislog.http.server.Peers;
import io.dislog.http.server.Service;
import io.dislog.shard.LogView;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Commits commands that this node itself has for a log, wherever that log's shard is led. Safe for
 * use by many threads; never blocks.
 */
@Singleton
public final class LeaderCalls {

  private static final long PATIENCE_MILLIS = 2000;

  private final Service service;
  private final Peers peers;

  @Inject
  LeaderCalls(Service service, Peers peers) {
    this.service = service;
    this.peers = peers;
  }

  /**
   * Commits a command. Ends with {@code UnknownLog} or {@code LogRetired} where the leader says so,
   * and with {@code NoLeader} where it can't be reached or refuses otherwise.
   */
  public CompletionStage<Done> submit(String log, String id, Command<Done> command) {
    Cluster cluster = service.cluster().orElse(null);
    if (cluster == null) {
      return here(log, id, command);
    }
    int shard = cluster.shardOf(log);
    Member leader = cluster.leaderOf(shard);
    if (leader == null) {
      return CompletableFuture.failedStage(
          new Rejection.NoLeader("no leader of shard %d is known".formatted(shard), true));
    }
    return leader.id().equals(cluster.self())
        ? here(log, id, command)
        : ask(leader, cluster.self(), shard, log, id, command).toCompletionStage();
  }

  /** Commits a command to a log whose shard this node leads, shown or not. */
  CompletionStage<Done> here(String log, String id, Command<Done> command) {
    Commit commit = service.commit();
    try {
      LogView held = commit.held(log);
      return held.id().equals(id)
          ? commit.submit(held, command)
          : CompletableFuture.failedStage(new Rejection.UnknownLog(log));
    } catch (Rejection e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private Future<Done> ask(
      Member leader, String self, int shard, String log, String id, Command<Done> command) {
    String target = "/v1/cluster/shards/%d/logs/%s/commands?id=%s".formatted(shard, log, id);
    return peers
        .ask(leader, HttpMethod.POST, target, PATIENCE_MILLIS, self, encoded(command))
        .compose(answer -> read(answer, log));
  }

  private static Buffer encoded(Command<Done> command) {
    Encoder to = new Encoder();
    CommandFormat.encode(command, to);
    return WrappedBytes.of(to.finish());
  }

  private static Future<Done> read(HttpClientResponse answer, String log) {
    return switch (answer.statusCode()) {
      case 204 -> Future.succeededFuture(new Done());
      case 404 -> Future.failedFuture(new Rejection.UnknownLog(log));
      case 410 -> Future.failedFuture(new Rejection.LogRetired(log));
      default ->
          Future.failedFuture(
              new Rejection.NoLeader(
                  "the leader of the log's shard answered %d".formatted(answer.statusCode())));
    };
  }
}
