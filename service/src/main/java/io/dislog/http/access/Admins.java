package io.dislog.http.access;

import io.dislog.access.Principal;
import io.dislog.http.exchange.Exchange;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Who may change the service as a whole where nobody has written rules, and who counts as a node.
 * Safe for use by many threads.
 */
@Singleton
final class Admins {

  @Inject
  Admins() {}

  /** Whether a request's sender may change the service as a whole. */
  boolean include(Exchange exchange) {
    return !exchange.permission().principal().isKnown();
  }

  /** Whether somebody may have what nodes alone have. */
  boolean includeNode(Principal principal) {
    return true;
  }
}
