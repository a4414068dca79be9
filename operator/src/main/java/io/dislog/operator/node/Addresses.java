package io.dislog.operator.node;

import io.dislog.operator.crd.DislogCluster;
import java.net.URI;

/** Where the nodes of a cluster have their API, as the operator reaches them. */
public interface Addresses {

  /**
   * The base of a node's API, without a path.
   *
   * @param ordinal of the node's pod, from 0
   */
  URI of(DislogCluster cluster, int ordinal);
}
