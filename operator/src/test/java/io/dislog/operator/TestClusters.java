package io.dislog.operator;

import static java.util.Objects.requireNonNull;

import io.dislog.operator.crd.AuthSpec;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterSpec;
import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.crd.RetentionSpec;
import io.dislog.operator.crd.StorageSpec;
import io.dislog.operator.crd.VolumePolicy;
import io.dislog.operator.objects.Defaults;
import io.dislog.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Resources to try things with. Stateless. */
public final class TestClusters {

  public static final String NAME = "demo";

  private TestClusters() {}

  public static DislogCluster of(String namespace, int replicas) {
    DislogCluster cluster = new DislogCluster();
    cluster.setMetadata(new ObjectMetaBuilder().withName(NAME).withNamespace(namespace).build());
    cluster.setSpec(spec(replicas, null, "1Gi", null));
    return cluster;
  }

  /** One node with a volume of some class. */
  static DislogClusterSpec spec(String size, String storageClass) {
    return spec(1, null, new StorageSpec(new Quantity(size), storageClass, null, null), null);
  }

  /** One node with a volume that goes, or doesn't. */
  public static DislogClusterSpec spec(VolumePolicy whenDeleted, VolumePolicy whenScaled) {
    return spec(1, null, new StorageSpec(new Quantity("1Gi"), null, whenDeleted, whenScaled), null);
  }

  static DislogClusterSpec spec(
      int replicas, @Nullable String image, String size, @Nullable Boolean paused) {
    return spec(replicas, image, new StorageSpec(new Quantity(size), null, null, null), paused);
  }

  private static DislogClusterSpec spec(
      int replicas, @Nullable String image, StorageSpec storage, @Nullable Boolean paused) {
    return new DislogClusterSpec(
        replicas, 8, image, storage, null, null, null, null, null, null, null, paused);
  }

  /** Some nodes whose logs are closed. */
  public static DislogClusterSpec spec(int replicas, AuthSpec auth) {
    StorageSpec storage = new StorageSpec(new Quantity("1Gi"), null, null, null);
    return new DislogClusterSpec(
        replicas, 8, null, storage, null, null, null, null, null, null, null, null, auth);
  }

  /** Some nodes whose claims go when they do, with logs that are kept for so long. */
  static DislogClusterSpec spec(
      int replicas, @Nullable String image, @Nullable RetentionSpec retention) {
    return new DislogClusterSpec(
        replicas,
        8,
        image,
        new StorageSpec(new Quantity("1Gi"), null, null, VolumePolicy.DELETE),
        null,
        retention,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** Changes the resource as a user would, whatever the operator writes meanwhile. */
  static void change(KubernetesClient client, String namespace, DislogClusterSpec spec) {
    patch(client, namespace, Serialization.asJson(Map.of("spec", spec)));
  }

  /** The same with a JSON merge patch. */
  static void patch(KubernetesClient client, String namespace, String change) {
    var _ =
        Insistence.ask(() ->
            client
                .resources(DislogCluster.class)
                .inNamespace(namespace)
                .withName(NAME)
                .patch(PatchContext.of(PatchType.JSON_MERGE), change));
  }

  /** Has a resource that is nowhere say how long records are kept. */
  public static void keepFor(DislogCluster cluster, String maxAge) {
    RetentionSpec retention = new RetentionSpec(maxAge, null, null, null, null, null, null);
    cluster.setSpec(spec(Defaults.replicas(cluster), null, retention));
  }

  /** Has a resource that is nowhere say how much a log may hold. */
  public static void keepUpTo(DislogCluster cluster, String maxBytes) {
    RetentionSpec retention =
        new RetentionSpec(null, new IntOrString(maxBytes), null, null, null, null, null);
    cluster.setSpec(spec(Defaults.replicas(cluster), null, retention));
  }

  /** Has a resource that is nowhere say that nothing is to be changed. */
  public static void pause(DislogCluster cluster) {
    cluster.setSpec(spec(Defaults.replicas(cluster), null, "1Gi", true));
  }

  public static DislogCluster get(KubernetesClient client, String namespace) {
    return Insistence.ask(
        () -> client.resources(DislogCluster.class).inNamespace(namespace).withName(NAME).get());
  }

  /**
   * Whether a condition is told of the resource as it now is. That is not known where the API
   * server closed the connection just then, which the client does not ask again for.
   */
  static boolean isSo(KubernetesClient client, String namespace, String condition, String status) {
    DislogCluster cluster;
    try {
      cluster = get(client, namespace);
    } catch (KubernetesClientException e) {
      if (e.getCode() == 0) {
        return false;
      }
      throw e;
    }
    DislogClusterStatus said = cluster.getStatus();
    return said != null
        && cluster.getMetadata().getGeneration().equals(said.observedGeneration())
        && Conditions.find(requireNonNull(said.conditions()), condition)
            .map(found -> found.getStatus().equals(status))
            .orElse(false);
  }
}
