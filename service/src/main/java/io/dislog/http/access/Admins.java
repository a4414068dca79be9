package io.dislog.http.access;

import io.dislog.access.Principal;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.server.NodeIdentity;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Who may change the service as a whole where nobody has written rules, and who counts as a node.
 * Safe for use by many threads.
 */
@Singleton
final class Admins {

  private final boolean nodesAreKnown;
  private final boolean hasRules;

  @Inject
  Admins(NodeIdentity identity, AccessFiles files) {
    nodesAreKnown = identity.isKnown();
    hasRules = files.hasRules();
  }

  /**
   * Whether a request's sender, who shows no credential, may change the service as a whole. No page
   * of another origin does, though it be allowed to ask for everything else.
   */
  boolean include(Exchange exchange) {
    return !exchange.permission().principal().isKnown() && !exchange.isCrossOrigin();
  }

  /** Whether somebody may have what nodes alone have. */
  boolean includeNode(Principal principal) {
    return principal instanceof Principal.Node || !(nodesAreKnown || hasRules);
  }
}
