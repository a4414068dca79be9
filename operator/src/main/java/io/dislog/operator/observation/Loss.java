package io.dislog.operator.observation;

import io.dislog.operator.crd.DislogCluster;
import org.jspecify.annotations.Nullable;

/**
 * What is known of lost data, and whether somebody has accepted the loss.
 *
 * @param begun whether there was a cluster, so that nodes without data miss some
 * @param id its UUID, or null where it never told
 * @param accepted whether somebody gives up what is gone of this very cluster
 * @param survivor ordinal of the node that begins it anew from what it has, or null
 */
public record Loss(
    boolean begun, @Nullable String id, boolean accepted, @Nullable Integer survivor) {

  /** Names the UUID of the cluster whose data are given up, as far as they are gone. */
  public static final String ANNOTATION = "dislog.io/accept-data-loss";

  public static final Loss NONE = new Loss(false, null, false, null);

  /**
   * What a cluster may have lost, as far as its resource tells.
   *
   * @param formed whether a node answers that has agreed on anything with others
   * @param marked whether the StatefulSet says that there was a cluster
   */
  public static Loss of(DislogCluster cluster, boolean formed, boolean marked) {
    String id = cluster.getStatus() == null ? null : cluster.getStatus().clusterId();
    var annotations = cluster.getMetadata().getAnnotations();
    boolean accepted = id != null && annotations != null && id.equals(annotations.get(ANNOTATION));
    return new Loss(formed || (!accepted && (marked || id != null)), id, accepted, null);
  }

  public Loss with(@Nullable Integer survivor) {
    return new Loss(begun, id, accepted, survivor);
  }
}
