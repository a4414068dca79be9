package io.dislog.http.cluster;

import io.dislog.commit.Cluster;
import io.dislog.commit.Gathering;
import io.dislog.commit.Member;
import io.dislog.http.cluster.RemoteOutcome.Refused;
import io.dislog.http.cluster.RemoteOutcome.Unknown;
import io.dislog.http.server.Peers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The appends of one shard on their way to the node that leads it: those that come while a call is
 * under way, and a moment after it, go together in the next. Safe for use by many threads; its
 * callers never wait.
 */
final class AppendCalls {

  /** A call takes no further append beyond this, in bytes of records. */
  private static final long MAX_BYTES = 1 << 20;

  private static final int OK = 200;
  private static final int SERVER_ERROR = 500;

  private final Vertx vertx;
  private final Peers peers;
  private final Cluster cluster;
  private final int shard;
  private final Member leader;
  private final Gathering<Waiting> calls =
      new Gathering<>(MAX_BYTES, waiting -> waiting.append().append().size(), this::begin);

  AppendCalls(Vertx vertx, Peers peers, Cluster cluster, int shard, Member leader) {
    this.leader = leader;
    this.vertx = vertx;
    this.peers = peers;
    this.cluster = cluster;
    this.shard = shard;
  }

  /** Has the leader carry out an append; always ends with an outcome. */
  CompletionStage<RemoteOutcome> submit(RemoteAppend append) {
    Waiting last = new Waiting(append, new CompletableFuture<>());
    calls.add(last);
    return last.outcome();
  }

  private void begin(List<Waiting> call) {
    begin(call, true);
  }

  /**
   * @param first whether the leader has not yet said what it wants to be shown by a node
   */
  private void begin(List<Waiting> call, boolean first) {
    peers
        .open(
            leader,
            HttpMethod.POST,
            "/v1/cluster/shards/" + shard + "/appends",
            Peers.CONNECT_MILLIS)
        .onSuccess(request -> send(call, request, first))
        .onFailure(failure -> end(call, new Refused()));
  }

  private void send(List<Waiting> call, HttpClientRequest request, boolean first) {
    AnswerWatch watch = new AnswerWatch(vertx, cluster, shard, leader, request::reset);
    peers.sign(request, leader, cluster.self(), "");
    request
        .send(body(call))
        .compose(WholeAnswer::of)
        .onComplete(answer -> {
          watch.end();
          if (first && answer.succeeded() && peers.isAskedAgain(leader, answer.result().head())) {
            begin(call, false);
          } else {
            answered(call, answer);
          }
        });
  }

  private static Buffer body(List<Waiting> call) {
    return WrappedBytes.of(RemoteAppend.encode(call.stream().map(Waiting::append).toList()));
  }

  private void answered(List<Waiting> call, AsyncResult<WholeAnswer> answer) {
    if (answer.failed() || answer.result().head().statusCode() == SERVER_ERROR) {
      end(call, new Unknown());
    } else if (answer.result().head().statusCode() != OK) {
      end(call, new Refused());
    } else {
      end(call, outcomes(answer.result().body(), call.size()));
    }
  }

  private static List<RemoteOutcome> outcomes(Buffer body, int count) {
    try {
      List<RemoteOutcome> outcomes = RemoteOutcome.decode(ByteBuffer.wrap(body.getBytes()));
      return outcomes.size() == count ? outcomes : Collections.nCopies(count, new Unknown());
    } catch (RuntimeException e) {
      return Collections.nCopies(count, new Unknown());
    }
  }

  private void end(List<Waiting> call, RemoteOutcome all) {
    end(call, Collections.nCopies(call.size(), all));
  }

  private void end(List<Waiting> call, List<RemoteOutcome> outcomes) {
    calls.answered(call.size());
    for (int i = 0; i < call.size(); i++) {
      call.get(i).outcome().complete(outcomes.get(i));
    }
    calls.ended();
  }

  private record Waiting(RemoteAppend append, CompletableFuture<RemoteOutcome> outcome) {}
}
