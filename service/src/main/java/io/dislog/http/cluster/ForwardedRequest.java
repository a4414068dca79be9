package io.dislog.http.cluster;

import io.dislog.commit.Cluster;
import io.dislog.commit.Member;
import io.dislog.http.access.PrincipalMark;
import io.dislog.http.cluster.ForwardMeters.Outcome;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.Problem;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.server.Peers;
import io.dislog.http.server.ProblemResponder;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to the leader of its shard, and the answer on its way back. Runs on the
 * request's event loop.
 *
 * <p>While it is certain that no node has carried it out, the request waits for a leader, up to a
 * patience: no leader is known, its connection can't be opened, or it says that it does not lead.
 * Where the connection breaks after the request was sent, nobody knows. It is then sent again only
 * if that does no harm though the first one be carried out too, and later: an append that carries
 * the three {@code Producer-*} headers, which the log tells from its repeat, and a trim, which
 * never goes back. Any other could undo what its client, or another one, does after its answer (a
 * consumer moved, a log deleted and made again), and so its client is told that it may have been
 * carried out.
 */
final class ForwardedRequest {

  /** For a leader to be known and reached; elections on a busy machine take about so long. */
  private static final long PATIENCE_NANOS = Duration.ofSeconds(3).toNanos();

  private static final long FIRST_WAIT_MILLIS = 20;
  private static final long MOST_WAIT_MILLIS = 320;

  private final Exchange exchange;
  private final Cluster cluster;
  private final int shard;
  private final Peers peers;
  private final ProblemResponder responder;
  private final ForwardMeters meters;
  private final Vertx vertx;
  private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
  private final long begin = System.nanoTime();
  private long patienceEnds = begin + PATIENCE_NANOS;
  private long wait = FIRST_WAIT_MILLIS;
  private boolean mayBeDone;
  private @Nullable Runnable here;

  ForwardedRequest(
      Exchange exchange,
      Cluster cluster,
      int shard,
      Peers peers,
      ProblemResponder responder,
      ForwardMeters meters) {
    this.exchange = exchange;
    this.cluster = cluster;
    this.shard = shard;
    this.peers = peers;
    this.responder = responder;
    this.meters = meters;
    this.vertx = exchange.context().owner();
  }

  /**
   * Sends it, now or when there is a leader.
   *
   * @param local goes on with the request here, where this node has become the leader
   */
  void begin(Runnable local) {
    here = local;
    begin();
  }

  /**
   * Sends it, now or when there is a leader: to this node as to any other, where it leads again.
   *
   * @param mayBeDone whether it may have been carried out before, and is repeatable
   */
  void begin(boolean mayBeDone) {
    this.mayBeDone = mayBeDone;
    begin();
  }

  private void begin() {
    exchange.holdShareUntil(done);
    look();
  }

  /** Ends once it was answered, or is answered here. */
  CompletionStage<@Nullable Void> done() {
    return done;
  }

  private void look() {
    Member leader = cluster.leaderOf(shard);
    Runnable local = here;
    if (exchange.response().closed()) {
      end(Outcome.GONE, () -> {});
    } else if (leader == null) {
      waitForLeader(FIRST_WAIT_MILLIS, "no leader of shard %d is known".formatted(shard));
    } else if (local != null && leader.id().equals(cluster.self())) {
      local.run();
      done.complete(null);
    } else {
      send(leader);
    }
  }

  private void send(Member leader) {
    long left = Math.max(1, (patienceEnds - System.nanoTime()) / 1_000_000);
    HttpMethod method = exchange.request().method();
    peers
        .open(leader, method, target(), Math.min(left, Peers.CONNECT_MILLIS))
        .onSuccess(request -> ask(leader, request))
        .onFailure(failure -> sendLater(leader, "could not be reached"));
  }

  /** The path as all read it, and the query as it was sent. */
  private String target() {
    String query = exchange.request().query();
    return query == null ? exchange.path().toString() : exchange.path() + "?" + query;
  }

  private void ask(Member leader, HttpClientRequest request) {
    HopHeaders.copyRequest(exchange.request().headers(), request.headers());
    peers.sign(request, leader, cluster.self(), PrincipalMark.of(exchange.permission()));
    AnswerWatch watch = new AnswerWatch(vertx, cluster, shard, leader, request::reset);
    request
        .send(WrappedBytes.of(exchange.body().duplicate()))
        .compose(WholeAnswer::of)
        .onComplete(answer -> {
          watch.end();
          if (answer.failed()) {
            broken(leader);
          } else if (peers.isAskedAgain(leader, answer.result().head())) {
            send(leader);
          } else if (Peers.isUnknown(answer.result().head())) {
            sendLater(leader, "does not take this node for one of the cluster");
          } else if (answer.result().head().headers().contains(Peers.NOT_LEADER)) {
            sendLater(leader, "does not lead it");
          } else {
            relay(answer.result(), origin(request));
          }
        });
  }

  private void sendLater(Member leader, String why) {
    long next = wait;
    wait = Math.min(2 * wait, MOST_WAIT_MILLIS);
    waitForLeader(next, "node %s, the leader of shard %d, %s".formatted(leader.id(), shard, why));
  }

  private void waitForLeader(long millis, String why) {
    if (patienceEnds - System.nanoTime() > millis * 1_000_000) {
      vertx.setTimer(millis, fired -> look());
    } else {
      refuse(mayBeDone ? Outcome.UNKNOWN : Outcome.NO_LEADER, why);
    }
  }

  private void broken(Member leader) {
    mayBeDone = true;
    boolean inTime = System.nanoTime() - begin < AnswerWatch.PATIENCE_NANOS;
    if (inTime && isRepeatable(exchange)) {
      patienceEnds = System.nanoTime() + PATIENCE_NANOS;
      sendLater(leader, "went away");
    } else {
      refuse(
          Outcome.UNKNOWN,
          "node %s, the leader of shard %d, went away before it answered"
              .formatted(leader.id(), shard));
    }
  }

  /** Whether nothing is lost where it is done a second time, even late. */
  static boolean isRepeatable(Exchange exchange) {
    String method = exchange.request().method().name();
    boolean isTrim = method.equals("DELETE") && exchange.path().logOfRecords() != null;
    boolean isAppend = method.equals("POST") && exchange.path().isOfRecords();
    return isTrim || (isAppend && exchange.request().headers().contains("Producer-Seq"));
  }

  private String origin(HttpClientRequest request) {
    String uri = request.absoluteURI();
    return uri.substring(0, uri.length() - target().length());
  }

  private void relay(WholeAnswer answer, String leaderOrigin) {
    end(
        Outcome.ANSWERED,
        () -> {
          HttpServerResponse response = exchange.response();
          response.setStatusCode(answer.head().statusCode());
          HopHeaders.copyAnswer(answer.head().headers(), response.headers());
          rename(response.headers(), leaderOrigin);
          if (answer.body().length() == 0) {
            response.end();
          } else {
            response.end(answer.body());
          }
        });
  }

  /** Where something is, the leader says as it was called itself; the client calls another node. */
  private void rename(MultiMap headers, String leaderOrigin) {
    String location = headers.get("Location");
    if (location != null && location.startsWith(leaderOrigin + "/")) {
      headers.set("Location", exchange.origin() + location.substring(leaderOrigin.length()));
    }
  }

  private void refuse(Outcome outcome, String why) {
    Problem problem =
        outcome == Outcome.UNKNOWN
            ? Problem.of(ProblemType.NO_LEADER, why + ": this may have been carried out, or not")
            : Problem.of(ProblemType.NO_LEADER, why).withHeader(Peers.NOT_LEADER, "true");
    end(outcome, () -> responder.send(exchange, problem));
  }

  /** Counts before it answers: whoever has the answer finds it counted. */
  private void end(Outcome outcome, Runnable answer) {
    boolean gone = exchange.response().closed();
    meters.count(gone ? Outcome.GONE : outcome);
    if (!gone) {
      answer.run();
    }
    done.complete(null);
  }
}
