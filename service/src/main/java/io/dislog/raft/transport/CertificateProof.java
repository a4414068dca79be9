package io.dislog.raft.transport;

import io.dislog.access.node.ConnectionClaim;
import io.dislog.access.node.NodeProof;
import io.dislog.access.tls.CertificateNames;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Collection;

/**
 * What TLS has shown of the other end: its certificate is of the nodes' authority, and has to be
 * for the host of a node. Immutable.
 */
final class CertificateProof implements NodeProof {

  private final X509Certificate shown;
  private final Self.Hosts hosts;

  CertificateProof(X509Certificate shown, Self.Hosts hosts) {
    this.shown = shown;
    this.hosts = hosts;
  }

  @Override
  public Kind kind() {
    return Kind.CERTIFICATE;
  }

  @Override
  public byte[] show(ConnectionClaim claim) {
    return new byte[0];
  }

  @Override
  public void check(ConnectionClaim claim, byte[] nothing) throws IOException {
    Collection<String> known = hosts.of(claim.node());
    if (known.stream().noneMatch(host -> CertificateNames.cover(shown, host))) {
      throw new IOException(
          "the certificate of node %s is for none of %s".formatted(claim.node(), known));
    }
  }
}
