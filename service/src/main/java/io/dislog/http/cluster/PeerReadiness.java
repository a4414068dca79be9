package io.dislog.http.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.commit.Member;
import io.dislog.http.exchange.Json;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.server.Peers;
import io.dislog.http.server.StorageStatus;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How the other nodes say that they are. All are asked at once, and none again within a second,
 * however many want to know. Blocks for half a second at most; safe for use by many threads.
 */
@Singleton
final class PeerReadiness {

  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  private final Peers peers;
  private final Map<Member, Look> looks = new ConcurrentHashMap<>();

  @Inject
  PeerReadiness(Peers peers) {
    this.peers = peers;
  }

  /**
   * Asks nodes how they are.
   *
   * @param self who asks
   * @return what each says of itself; who gives no answer is not ready
   */
  Map<Member, NodeStatus> ask(String self, List<Member> others) {
    looks.keySet().retainAll(others);
    List<Look> begun = new ArrayList<>();
    for (Member other : others) {
      begun.add(
          looks.compute(
              other, (member, last) -> last != null && last.isFresh() ? last : look(self, member)));
    }
    Map<Member, NodeStatus> said = new HashMap<>();
    for (int i = 0; i < others.size(); i++) {
      said.put(others.get(i), begun.get(i).answer().join());
    }
    return said;
  }

  /** Asks all again next time: what they said is known to be old. */
  void forget() {
    looks.clear();
  }

  private Look look(String self, Member other) {
    CompletableFuture<NodeStatus> answer =
        peers
            .open(other, HttpMethod.GET, "/v1/cluster/nodes/" + other.id(), PATIENCE.toMillis())
            .compose(request -> request.putHeader(Peers.FORWARDED, self).send())
            .compose(
                head -> head.statusCode() == 200 ? head.body() : Future.failedFuture("not 200"))
            .map(body -> said(other, body))
            .toCompletionStage()
            .toCompletableFuture()
            .completeOnTimeout(NodeStatus.silent(other), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .exceptionally(failure -> NodeStatus.silent(other));
    return new Look(answer, System.nanoTime());
  }

  private static NodeStatus said(Member member, Buffer body) {
    JsonNode node = Json.object(ByteBuffer.wrap(body.getBytes()), ProblemType.BAD_REQUEST);
    return new NodeStatus(
        member.id(),
        member.httpAddress(),
        node.path("ready").booleanValue(),
        node.path("why").asText(""),
        node.path("version").textValue(),
        StorageStatus.parse(node.path("storage")));
  }

  /** An answer, or the wait for one. */
  private record Look(CompletableFuture<NodeStatus> answer, long since) {

    boolean isFresh() {
      return System.nanoTime() - since < FRESH_NANOS;
    }
  }
}
