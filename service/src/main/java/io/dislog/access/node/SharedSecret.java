package io.dislog.access.node;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Proofs that this node knows the nodes' secret. Safe for use by many threads. */
public final class SharedSecret implements NodeCredential {

  private final String self;
  private final NodeSecret secret;
  private final String session = Verifier.random();
  private final AtomicLong count = new AtomicLong();
  private final Map<String, String> nonces = new ConcurrentHashMap<>();

  /**
   * @param self this node's id
   */
  public SharedSecret(String self, NodeSecret secret) {
    this.self = self;
    this.secret = secret;
  }

  @Override
  public String show(String peer, NodeRequest request) {
    String nonce = nonces.get(peer);
    if (nonce == null) {
      return new ProofHeader(self, "", "", 0, "").toString();
    }
    Claim claim = new Claim(self, nonce, session, count.incrementAndGet(), request);
    return new ProofHeader(self, nonce, session, claim.count(), secret.proof(claim)).toString();
  }

  @Override
  public boolean learn(String peer, @Nullable String shown, String nonce) {
    nonces.put(peer, nonce);
    ProofHeader before = shown == null ? null : ProofHeader.parse(shown);
    return before == null || !before.nonce().equals(nonce);
  }
}
