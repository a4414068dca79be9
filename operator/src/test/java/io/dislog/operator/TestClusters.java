package io.dislog.operator;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterSpec;
import io.dislog.operator.crd.StorageSpec;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;

/** Resources to try things with. Stateless. */
final class TestClusters {

  static final String NAME = "demo";

  private TestClusters() {}

  static DislogCluster of(String namespace, int replicas) {
    DislogCluster cluster = new DislogCluster();
    cluster.setMetadata(new ObjectMetaBuilder().withName(NAME).withNamespace(namespace).build());
    cluster.setSpec(spec(replicas, null, "1Gi", null));
    return cluster;
  }

  static DislogClusterSpec spec(
      int replicas, @Nullable String image, String size, @Nullable Boolean paused) {
    return new DislogClusterSpec(
        replicas,
        8,
        image,
        new StorageSpec(new IntOrString(size), null, null, null),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        paused);
  }

  /** Changes the resource as a user would. */
  static void change(KubernetesClient client, String namespace, DislogClusterSpec spec) {
    client
        .resources(DislogCluster.class)
        .inNamespace(namespace)
        .withName(NAME)
        .edit(cluster -> {
          cluster.setSpec(spec);
          return cluster;
        });
  }
}
