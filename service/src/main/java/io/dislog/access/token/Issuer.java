package io.dislog.access.token;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who signs tokens, and where its keys are. Immutable.
 *
 * @param name in the configuration
 * @param url where it is; of one that is discovered, also what its tokens name as their issuer
 * @param audience of tokens for this service
 * @param ca of certificates in PEM, one of which has signed the issuer's; null for what the JDK
 *     trusts
 * @param tokenFile whose token is shown to the issuer, and says what it calls itself; null for an
 *     issuer that is discovered and shows its keys to everybody
 */
public record Issuer(
    String name, URI url, String audience, @Nullable Path ca, @Nullable Path tokenFile) {

  /** The one that is a Kubernetes' API server. */
  public static final String KUBERNETES = "kubernetes";

  public boolean isKubernetes() {
    return name.equals(KUBERNETES);
  }
}
