package io.dislog.operator.objects;

import io.dislog.operator.crd.DislogCluster;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;

/**
 * What a node's pod gets from Kubernetes to show: to the API server, whose keys it fetches, and to
 * other nodes. It gives no rights. Stateless.
 */
final class NodeTokens {

  static final String VOLUME = "tokens";

  /** Where the service, like any client, looks for what it needs for the API server. */
  static final String FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount";

  static final String FOR_NODES = FOLDER + "/nodes";

  private static final long SECONDS = 3600;

  /** Kubernetes has it in each namespace. */
  private static final String ROOT_CA = "kube-root-ca.crt";

  private NodeTokens() {}

  static Volume of(DislogCluster cluster) {
    String audience =
        "dislog-nodes:%s/%s".formatted(cluster.getMetadata().getNamespace(), Names.of(cluster));
    return new VolumeBuilder()
        .withName(VOLUME)
        .withNewProjected()
        .addNewSource()
        .withNewServiceAccountToken(null, SECONDS, "token")
        .endSource()
        .addNewSource()
        .withNewServiceAccountToken(audience, SECONDS, "nodes")
        .endSource()
        .addNewSource()
        .withNewConfigMap()
        .withName(ROOT_CA)
        .addNewItem("ca.crt", null, "ca.crt")
        .endConfigMap()
        .endSource()
        .endProjected()
        .build();
  }
}
