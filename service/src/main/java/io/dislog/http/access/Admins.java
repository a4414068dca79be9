package io.dislog.http.access;

import io.dislog.access.Principal;
import io.dislog.http.config.Exposure;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.server.NodeIdentity;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;

/**
 * Who may change the service as a whole where nobody has written rules, and who counts as a node.
 * Safe for use by many threads.
 */
@Singleton
final class Admins {

  /** What says that a request comes from farther away than its connection does. */
  private static final Set<String> RELAYED = Set.of("forwarded", "via");

  private static final String RELAYED_FOR = "x-forwarded-";

  private final boolean isLoopbackTrusted;
  private final boolean nodesAreKnown;
  private final boolean hasRules;

  @Inject
  Admins(Exposure exposure, NodeIdentity identity, AccessFiles files) {
    isLoopbackTrusted = exposure.isLoopbackTrusted() && identity.membership().isEmpty();
    nodesAreKnown = identity.isKnown();
    hasRules = files.hasRules();
  }

  /**
   * Whether a request's sender, who shows no credential, may change the service as a whole: whoever
   * is on this machine, but no page of another origin, though it be allowed to ask for everything
   * else.
   */
  boolean include(Exchange exchange) {
    return !exchange.permission().principal().isKnown()
        && !exchange.isCrossOrigin()
        && isOfThisMachine(exchange.request());
  }

  /** Whether a request's sender may have what nodes alone have. */
  boolean includeNode(Principal principal, Exchange exchange) {
    return principal instanceof Principal.Node
        || (!nodesAreKnown && !hasRules && isOfThisMachine(exchange.request()));
  }

  private boolean isOfThisMachine(HttpServerRequest request) {
    SocketAddress from = request.remoteAddress();
    String address = from == null ? null : from.hostAddress();
    return isLoopbackTrusted
        && address != null
        && InetAddress.ofLiteral(address).isLoopbackAddress()
        && request.headers().names().stream().noneMatch(Admins::saysRelayed);
  }

  private static boolean saysRelayed(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return RELAYED.contains(name) || name.startsWith(RELAYED_FOR);
  }
}
