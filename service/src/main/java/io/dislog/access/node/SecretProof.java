package io.dislog.access.node;

import java.io.IOException;
import java.security.MessageDigest;

/**
 * Shows that a node knows the nodes' secret, by a code over the fresh nonces of both ends: it holds
 * for one connection and for one end of it. Safe for use by many threads.
 */
public final class SecretProof implements NodeProof {

  private final NodeSecret secret;

  public SecretProof(NodeSecret secret) {
    this.secret = secret;
  }

  @Override
  public Kind kind() {
    return Kind.SECRET;
  }

  @Override
  public byte[] show(ConnectionClaim claim) {
    return secret.proof(claim);
  }

  @Override
  public void check(ConnectionClaim claim, byte[] shown) throws IOException {
    if (!MessageDigest.isEqual(secret.proof(claim), shown)) {
      throw new IOException("it does not know the secret of " + Kind.SECRET.words());
    }
  }
}
