package io.dislog.http.cluster;

import static io.dislog.http.server.LogLookup.await;

import io.dislog.api.Digits;
import io.dislog.command.Command;
import io.dislog.command.Command.Done;
import io.dislog.command.CommandFormat;
import io.dislog.command.Rejection;
import io.dislog.commit.Cluster;
import io.dislog.commit.SnapshotSource;
import io.dislog.commit.SnapshotSource.StoreBytes;
import io.dislog.http.exchange.BackpressuredOutput;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.exchange.Query;
import io.dislog.http.notation.MediaType;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.server.Problems;
import io.dislog.http.server.Service;
import io.dislog.shard.ShardOutline;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;

/**
 * What nodes fetch from each other to catch up, or to heal a log: a shard's outline, whole or with
 * one log alone, and bytes of a segment's store with their digest; and what they tell each other:
 * commands that a node has for a log. Between nodes of one version, and not for users.
 */
@Singleton
public final class TransferRoute {

  private static final String SHARD = "/v1/cluster/shards/:id";

  private final Service service;
  private final LeaderCalls leaders;

  @Inject
  TransferRoute(Service service, LeaderCalls leaders) {
    this.service = service;
    this.leaders = leaders;
  }

  void register(@Observes Router router) {
    router.get(SHARD + "/outline").handler(routing -> attempt(routing, this::outline));
    String store = SHARD + "/logs/:held/stores/:base";
    router.get(store).handler(routing -> attempt(routing, this::store));
    router.head(store).handler(routing -> attempt(routing, this::store));
    router.post(SHARD + "/logs/:held/commands").handler(routing -> attempt(routing, this::commit));
  }

  /** Reads of files, and waiting for a shard's entries, are nothing for an event loop. */
  private static void attempt(RoutingContext routing, Transfer transfer) {
    Exchange exchange = Exchange.of(routing);
    Thread.startVirtualThread(() -> {
      try {
        transfer.run(routing, exchange);
      } catch (IOException | RuntimeException e) {
        if (exchange.response().headWritten()) {
          exchange.abort();
        } else {
          exchange.send(Problems.of(e));
        }
      }
    });
  }

  private void outline(RoutingContext routing, Exchange exchange) {
    String log = exchange.query().textOrEmpty("log");
    ShardOutline outline =
        log.isEmpty()
            ? snapshots().outline(shard(exchange))
            : snapshots().outline(shard(exchange), log);
    exchange.send(200, MediaType.BYTES, WrappedBytes.of(outline.encode()));
  }

  private void store(RoutingContext routing, Exchange exchange) throws IOException {
    Query query = exchange.query();
    String id = query.textOrEmpty("id");
    long size = query.number("size", 0, 0, Long.MAX_VALUE);
    long from = query.number("from", 0, 0, size);
    long base = number(exchange, "base");
    StoreBytes store =
        snapshots().store(shard(exchange), exchange.path().parameter("held"), id, base, from, size);
    exchange.with("Dislog-Digest", store.digest());
    exchange.with("Content-Length", Long.toString(size - from));
    HttpServerResponse response = exchange.response();
    boolean head = routing.request().method().equals(HttpMethod.HEAD);
    Promise<Void> done = Promise.promise();
    exchange
        .context()
        .runOnContext(on ->
            (head ? response.end() : response.sendFile(store.file().toString(), from, size - from))
                .onComplete(done));
    BackpressuredOutput.await(done.future());
  }

  private void commit(RoutingContext routing, Exchange exchange) {
    String name = exchange.path().parameter("held");
    try {
      await(leaders.here(name, exchange.query().textOrEmpty("id"), command(exchange.body())));
      exchange.send(204);
    } catch (CompletionException e) {
      exchange.send(e.getCause() instanceof Rejection.LogRetired ? 410 : Problems.of(e).status());
    }
  }

  /** What nodes have to say of a log, and no more. */
  private static Command<Done> command(ByteBuffer body) {
    Command<?> command = CommandFormat.decode(body);
    if (command instanceof Command.Use use) {
      return use;
    }
    if (command instanceof Command.Fork fork) {
      return fork;
    }
    if (command instanceof Command.Unfork unfork) {
      return unfork;
    }
    throw ProblemException.badRequest("no node asks another one for that");
  }

  private int shard(Exchange exchange) {
    long shard = number(exchange, "id");
    if (shard >= cluster().shardCount()) {
      throw new ProblemException(ProblemType.NOT_FOUND, "there is no shard " + shard);
    }
    return (int) shard;
  }

  private SnapshotSource snapshots() {
    return cluster().snapshots();
  }

  private Cluster cluster() {
    return service
        .cluster()
        .orElseThrow(
            () -> new ProblemException(ProblemType.NOT_FOUND, "nothing is replicated here"));
  }

  private static long number(Exchange exchange, String parameter) {
    OptionalLong number = Digits.parse(exchange.path().parameter(parameter));
    if (number.isEmpty()) {
      throw new ProblemException(ProblemType.NOT_FOUND, "there is nothing here");
    }
    return number.getAsLong();
  }

  private interface Transfer {
    void run(RoutingContext routing, Exchange exchange) throws IOException;
  }
}
