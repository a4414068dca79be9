package io.dislog.http.access;

import io.dislog.access.Principal;

/**
 * Who was found to send a request. Immutable.
 *
 * @param expiresAt when the credential is no longer one, in milliseconds since 1970
 * @param isAdmin whether another node has found that they may change the service as a whole
 */
record Caller(Principal principal, long expiresAt, boolean isAdmin) {

  static final Caller ANONYMOUS = new Caller(new Principal.Anonymous());

  Caller(Principal principal) {
    this(principal, Long.MAX_VALUE, false);
  }

  Caller asAdmin() {
    return new Caller(principal, expiresAt, true);
  }
}
