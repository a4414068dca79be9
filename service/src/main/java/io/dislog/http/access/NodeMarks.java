package io.dislog.http.access;

import io.dislog.access.Principal;
import io.dislog.access.Rights;
import io.dislog.access.Rules;
import io.dislog.access.node.NodeCredential;
import io.dislog.access.node.NodeRequest;
import io.dislog.access.node.Verifier;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.Permission;
import io.dislog.http.exchange.Problem;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.server.NodeIdentity;
import io.dislog.http.server.Peers;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Believes what nodes alone may say of a request: that it was sent on, and for whom. From anybody
 * else it is dropped before anything reads it. Runs on event loops.
 */
@Singleton
public final class NodeMarks {

  private static final Future<Optional<Problem>> NOTHING_WRONG =
      Future.succeededFuture(Optional.empty());

  /** Where it is not a nonce that a node lacks. */
  private static final String NO_NONCE = "none";

  private final boolean nodesAreKnown;
  private final Optional<Verifier> verifier;
  private final ClusterTokens tokens;

  @Inject
  NodeMarks(NodeIdentity identity, ClusterTokens tokens) {
    this.nodesAreKnown = identity.isKnown();
    this.verifier = identity.verifier();
    this.tokens = tokens;
  }

  /**
   * Finds out whether a node sends a request.
   *
   * @return the refusal of one that claims to and does not show it, or nothing
   */
  public Future<Optional<Problem>> settle(Exchange exchange) {
    MultiMap headers = exchange.request().headers();
    if (!headers.contains(NodeCredential.HEADER)) {
      headers.remove(NodeCredential.MARK);
      if (nodesAreKnown) { // Otherwise whoever says that a request was sent on is believed.
        headers.remove(Peers.FORWARDED);
      }
      return NOTHING_WRONG;
    }
    List<String> shown = headers.getAll(NodeCredential.HEADER);
    List<String> marks = headers.getAll(NodeCredential.MARK);
    headers.remove(NodeCredential.HEADER);
    if (!nodesAreKnown) {
      headers.remove(NodeCredential.MARK);
      return NOTHING_WRONG;
    }
    if (shown.size() > 1 || marks.size() > 1) {
      return Future.succeededFuture(Optional.of(refusal()));
    }
    String mark = marks.isEmpty() ? "" : marks.getFirst();
    return node(exchange.request(), shown.getFirst(), mark)
        .map(node -> believe(exchange, node))
        .recover(failure -> Future.succeededFuture(Optional.of(refusal())));
  }

  private Future<String> node(HttpServerRequest request, String shown, String mark) {
    if (verifier.isEmpty()) {
      return tokens.node(shown);
    }
    NodeRequest asked = new NodeRequest(request.method().name(), request.uri(), mark);
    String node = verifier.get().node(shown, asked);
    return node == null ? Future.failedFuture("no proof") : Future.succeededFuture(node);
  }

  private static Optional<Problem> believe(Exchange exchange, String node) {
    Principal sender = new Principal.Node(node);
    exchange.permission(new Permission(sender, Rules.NONE.of(sender), Rights.ALL, false, false));
    return Optional.empty();
  }

  private Problem refusal() {
    return Problem.of(
            ProblemType.UNAUTHENTICATED, "what the request shows does not say that a node sends it")
        .withHeader("WWW-Authenticate", "Bearer")
        .withHeader(NodeCredential.NONCE, verifier.map(Verifier::nonce).orElse(NO_NONCE));
  }
}
