package io.dislog.http.access;

import io.dislog.access.node.NodeProof;
import io.dislog.access.node.ProjectedToken;
import io.dislog.access.token.Claims;
import io.dislog.http.config.ServiceConfig;
import io.dislog.http.server.NodeIdentity;
import io.vertx.core.Future;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Which tokens of Kubernetes are those of this cluster's nodes, and of its operator. Safe for use
 * by many threads, and never blocks.
 *
 * <p>A node's is for nodes of this cluster alone, of the ServiceAccount of this node's own pod, and
 * made for a pod that has the node's name, which is one of the cluster's.
 */
@Singleton
final class ClusterTokens {

  private static final String FOR_OPERATOR = "dislog-operator:";

  private final TokenCache<String> cache = new TokenCache<>(InstantSource.system());
  private final Optional<NodeIdentity.Membership> membership;
  private final Optional<String> operator;
  private final TokenIssuers issuers;

  @Inject
  ClusterTokens(ServiceConfig config, NodeIdentity identity, TokenIssuers issuers) {
    this.membership = identity.membership();
    this.operator = config.auth().operator();
    this.issuers = issuers;
  }

  /** What connections between nodes begin with. */
  @Produces
  @Singleton
  NodeProof proof(NodeIdentity identity) {
    return identity.proof(shown -> node(shown).toCompletionStage());
  }

  /**
   * Which node shows this.
   *
   * @return fails where none does
   */
  Future<String> node(String header) {
    ProjectedToken.Shown shown = ProjectedToken.Shown.parse(header);
    if (shown == null || membership.isEmpty()) {
      return Future.failedFuture("it is no node's");
    }
    String known = cache.value(header);
    return known != null
        ? Future.succeededFuture(known)
        : issuers.claims(shown.token()).compose(claims -> accept(header, shown.node(), claims));
  }

  private Future<String> accept(String header, String node, Claims claims) {
    NodeIdentity.Membership own = membership.orElseThrow();
    boolean isNodes =
        isForAlone(claims, own.audience())
            && claims.subject().equals(own.serviceAccount())
            && node.equals(claims.pod())
            && own.hasPod(node);
    if (!isNodes) {
      return Future.failedFuture("it is no node's");
    }
    cache.add(header, node, claims.expiresAt());
    return Future.succeededFuture(node);
  }

  /** Whether a token is the operator's, for this cluster. */
  boolean isOperators(Claims claims) {
    return operator.isPresent()
        && membership.isPresent()
        && isForAlone(claims, FOR_OPERATOR + membership.get().cluster())
        && claims.subject().equals(operator.get());
  }

  private static boolean isForAlone(Claims claims, String audience) {
    return claims.issuer().isKubernetes()
        && claims.audience().contains(audience)
        && !claims.audience().contains(claims.issuer().audience());
  }
}
