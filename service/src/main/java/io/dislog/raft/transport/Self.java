package io.dislog.raft.transport;

import io.dislog.access.node.NodeProof;
import io.dislog.access.tls.NodeTls;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who this node says it is, and how it shows that.
 *
 * @param node its id
 * @param cluster the id of its cluster, or nothing as long as it knows of none; asked for each
 *     connection
 * @param proof that it is one, and what others have to show, where there is no TLS
 * @param tls among nodes
 * @param hosts of the nodes, which their certificates have to be for
 */
public record Self(
    String node, Supplier<String> cluster, NodeProof proof, Optional<NodeTls> tls, Hosts hosts) {

  /** Where nodes are. */
  public interface Hosts {

    /** The hosts at which a node may be; those of all nodes where it is not known. */
    List<String> of(String node);
  }

  /** A node without TLS. */
  public Self(String node, Supplier<String> cluster, NodeProof proof) {
    this(node, cluster, proof, Optional.empty(), id -> List.of());
  }

  /** A node that can't tell other nodes from strangers. */
  public Self(String node, Supplier<String> cluster) {
    this(node, cluster, NodeProof.NONE);
  }

  /** Such a one that knows of no cluster. */
  public static Self of(String node) {
    return new Self(node, () -> "");
  }
}
