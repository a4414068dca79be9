package io.dislog.operator.node;

import io.dislog.operator.crd.DislogCluster;

/** Resources for tests. */
final class Clusters {

  private Clusters() {}

  /** One of that name in the namespace {@code somewhere}. */
  static DislogCluster named(String name) {
    DislogCluster cluster = new DislogCluster();
    cluster.getMetadata().setName(name);
    cluster.getMetadata().setNamespace("somewhere");
    cluster.getMetadata().setUid("uid-of-" + name);
    return cluster;
  }
}
