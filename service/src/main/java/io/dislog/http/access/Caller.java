package io.dislog.http.access;

import io.dislog.access.Principal;

/**
 * Who was found to send a request. Immutable.
 *
 * @param expiresAt when the credential is no longer one, in milliseconds since 1970
 */
record Caller(Principal principal, long expiresAt) {

  static final Caller ANONYMOUS = new Caller(new Principal.Anonymous());

  Caller(Principal principal) {
    this(principal, Long.MAX_VALUE);
  }
}
