package io.dislog.http.cluster;

import io.dislog.commit.Cluster;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * The appends of one shard on their way to the node that leads it: those that come while enough
 * calls are under way go together in the next. Safe for use by many threads; never blocks.
 */
final class AppendCalls {

  /** Calls under way at once: while the leader commits one, it reads the next. */
  private static final int CALLS = 2;

  /** A call takes no further append beyond this, in bytes of records. */
  private static final long MAX_BYTES = 256 << 10;

  private static final int OK = 200;
  private static final int SERVER_ERROR = 500;

  private final Vertx vertx;
  private final Peers peers;
  private final Cluster cluster;
  private final int shard;
  private final Member leader;
  private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final Semaphore free = new Semaphore(CALLS);

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
    waiting.add(last);
    callNext();
    return last.outcome();
  }

  private void callNext() {
    while (!waiting.isEmpty() && free.tryAcquire()) {
      List<Waiting> call = take();
      if (call.isEmpty()) {
        free.release();
      } else {
        begin(call);
      }
    }
  }

  private List<Waiting> take() {
    List<Waiting> call = new ArrayList<>();
    long bytes = 0;
    while (bytes < MAX_BYTES) {
      Waiting next = waiting.poll();
      if (next == null) {
        break;
      }
      bytes += next.append().append().size();
      call.add(next);
    }
    return call;
  }

  private void begin(List<Waiting> call) {
    peers
        .open(
            leader,
            HttpMethod.POST,
            "/v1/cluster/shards/" + shard + "/appends",
            Peers.CONNECT_MILLIS)
        .onSuccess(request -> send(call, request))
        .onFailure(failure -> end(call, new Refused()));
  }

  private void send(List<Waiting> call, HttpClientRequest request) {
    AnswerWatch watch = new AnswerWatch(vertx, cluster, shard, leader, request::reset);
    request
        .putHeader(Peers.FORWARDED, cluster.self())
        .send(body(call))
        .compose(WholeAnswer::of)
        .onComplete(answer -> {
          watch.end();
          answered(call, answer);
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
    free.release();
    for (int i = 0; i < call.size(); i++) {
      call.get(i).outcome().complete(outcomes.get(i));
    }
    callNext();
  }

  private record Waiting(RemoteAppend append, CompletableFuture<RemoteOutcome> outcome) {}
}
