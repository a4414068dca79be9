package io.dislog.http.cluster;

import io.dislog.api.ApiJson;
import io.dislog.api.ClusterView;
import io.dislog.api.NodeReport;
import io.dislog.commit.Member;
import io.dislog.http.server.Peers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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
  Map<Member, ClusterView.Member> ask(String self, List<Member> others) {
    looks.keySet().retainAll(others);
    List<Look> begun = new ArrayList<>();
    for (Member other : others) {
      begun.add(
          looks.compute(
              other, (member, last) -> last != null && last.isFresh() ? last : look(self, member)));
    }
    Map<Member, ClusterView.Member> said = new HashMap<>();
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
    CompletableFuture<ClusterView.Member> answer =
        peers
            .ask(
                other,
                HttpMethod.GET,
                "/v1/cluster/nodes/" + other.id(),
                PATIENCE.toMillis(),
                self,
                Buffer.buffer())
            .compose(
                head -> head.statusCode() == 200 ? head.body() : Future.failedFuture("not 200"))
            .toCompletionStage()
            .toCompletableFuture()
            .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            // Reading it is not the other's time: the first one takes a busy machine long.
            .thenApply(body -> said(other, body))
            .exceptionally(failure -> silent(other));
    return new Look(answer, System.nanoTime());
  }

  /** A node that gives no word of its own. */
  static ClusterView.Member silent(Member member) {
    return new ClusterView.Member(
        member.id(), member.httpAddress(), false, "it did not say", null, null);
  }

  private static ClusterView.Member said(Member member, Buffer body) {
    try {
      NodeReport report = ApiJson.read(body.getBytes(), NodeReport.class);
      return new ClusterView.Member(
          member.id(),
          member.httpAddress(),
          report.ready(),
          report.why(),
          report.version(),
          whole(report.storage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Null where a node tells nothing of its volume, or less. */
  private static NodeReport.@Nullable Storage whole(NodeReport.@Nullable Storage storage) {
    return storage == null || storage.state() == null ? null : storage;
  }

  /** An answer, or the wait for one. */
  private record Look(CompletableFuture<ClusterView.Member> answer, long since) {

    boolean isFresh() {
      return System.nanoTime() - since < FRESH_NANOS;
    }
  }
}
