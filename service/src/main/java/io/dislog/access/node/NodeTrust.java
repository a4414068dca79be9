package io.dislog.access.node;

import io.dislog.access.tls.NodeTls;
import java.util.Optional;

/**
 * How this node and others know each other.
 *
 * @param credential what this one shows where it asks by HTTP
 * @param proof what all show where they replicate without TLS
 * @param tls with which they replicate
 */
public record NodeTrust(NodeCredential credential, NodeProof proof, Optional<NodeTls> tls) {

  /** Where nobody can tell a node from a stranger. */
  public static final NodeTrust NONE =
      new NodeTrust(NodeCredential.NONE, NodeProof.NONE, Optional.empty());
}
