package io.dislog.operator.objects;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.VolumePolicy;
import java.util.Objects;

/**
 * What a resource means where it says nothing. The API server fills in the same, so this speaks
 * only for resources that never passed it. Stateless.
 */
public final class Defaults {

  private Defaults() {}

  /** Nodes that are wanted. */
  public static int replicas(DislogCluster cluster) {
    return Objects.requireNonNullElse(cluster.getSpec().replicas(), 1);
  }

  /** How large volumes are wanted, as it is written: a quantity of Kubernetes. */
  public static String size(DislogCluster cluster) {
    return cluster.getSpec().storage().size().toString();
  }

  /** How many shards there are, ever. */
  public static int shards(DislogCluster cluster) {
    return Objects.requireNonNullElse(cluster.getSpec().shards(), 8);
  }

  /** Whether nothing may be changed. */
  public static boolean isPaused(DislogCluster cluster) {
    return Boolean.TRUE.equals(cluster.getSpec().paused());
  }

  /** What becomes of the claims when the cluster is deleted. */
  public static VolumePolicy whenDeleted(DislogCluster cluster) {
    return Objects.requireNonNullElse(
        cluster.getSpec().storage().whenDeleted(), VolumePolicy.RETAIN);
  }

  /** What becomes of a node's claim when the node is scaled away. */
  public static VolumePolicy whenScaled(DislogCluster cluster) {
    return Objects.requireNonNullElse(
        cluster.getSpec().storage().whenScaled(), VolumePolicy.RETAIN);
  }

  static boolean hasPodMonitor(DislogCluster cluster) {
    var metrics = cluster.getSpec().metrics();
    return metrics != null && Boolean.TRUE.equals(metrics.podMonitor());
  }
}
