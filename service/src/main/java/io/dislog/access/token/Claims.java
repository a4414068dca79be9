package io.dislog.access.token;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token says whose signature, issuer and expiry were checked. Immutable.
 *
 * @param issuer who signed it
 * @param subject whose it is
 * @param audience for whom it was made
 * @param expiresAt in milliseconds since 1970, from which on it is no longer taken
 * @param groups of the subject
 * @param pod for which Kubernetes made it, or null
 */
public record Claims(
    Issuer issuer,
    String subject,
    Set<String> audience,
    long expiresAt,
    Set<String> groups,
    @Nullable String pod) {

  public Claims {
    audience = Set.copyOf(audience);
    groups = Set.copyOf(groups);
  }
}
