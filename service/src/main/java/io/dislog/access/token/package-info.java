/**
 * Checks tokens of OpenID Connect issuers, Kubernetes' API server among them: signature, issuer,
 * expiry. Who may do what with one is decided elsewhere.
 *
 * <p>Knows the JDK, jose4j, which checks the signatures, and Jackson. Invariant: an issuer's keys
 * are what it said last; while it says nothing they stay, over a restart of this process, too.
 */
@NullMarked
package io.dislog.access.token;

import org.jspecify.annotations.NullMarked;
