package io.dislog.raft.transport;

import io.dislog.access.node.NodeProof;
import java.util.function.Supplier;

/**
 * Who this node says it is, and how it shows that.
 *
 * @param node its id
 * @param cluster the id of its cluster, or nothing as long as it knows of none; asked for each
 *     connection
 * @param proof that it is one, and what others have to show
 */
public record Self(String node, Supplier<String> cluster, NodeProof proof) {

  /** A node that can't tell other nodes from strangers. */
  public Self(String node, Supplier<String> cluster) {
    this(node, cluster, NodeProof.NONE);
  }

  /** Such a one that knows of no cluster. */
  public static Self of(String node) {
    return new Self(node, () -> "");
  }
}
