package io.dislog.operator;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterSpec;
import io.dislog.operator.crd.StorageSpec;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/** Resources to try things with. Stateless. */
final class TestClusters {

  static final String NAME = "demo";

  private TestClusters() {}

  static DislogCluster of(String namespace, int replicas) {
    DislogCluster cluster = new DislogCluster();
    cluster.setMetadata(new ObjectMetaBuilder().withName(NAME).withNamespace(namespace).build());
    cluster.setSpec(
        new DislogClusterSpec(
            replicas,
            8,
            null,
            new StorageSpec(new IntOrString("1Gi"), null, null, null),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null));
    return cluster;
  }
}
