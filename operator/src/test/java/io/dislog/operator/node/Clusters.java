package io.dislog.operator.node;

import io.dislog.operator.crd.DislogCluster;
import java.time.Duration;

/** Resources for tests. */
final class Clusters {

  /** Whatever a busy machine takes for an answer. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private Clusters() {}

  /**
   * Nodes that are waited for: how soon one must answer is nothing that a busy machine can tell.
   */
  static Nodes nodes(Addresses addresses) {
    return new Nodes(addresses, PATIENCE);
  }

  /** One of that name in the namespace {@code somewhere}. */
  static DislogCluster named(String name) {
    DislogCluster cluster = new DislogCluster();
    cluster.getMetadata().setName(name);
    cluster.getMetadata().setNamespace("somewhere");
    cluster.getMetadata().setUid("uid-of-" + name);
    return cluster;
  }
}
