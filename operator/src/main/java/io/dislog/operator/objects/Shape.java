package io.dislog.operator.objects;

import io.dislog.operator.crd.DislogCluster;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster's objects follow from beside its resource: where it stands in its life.
 *
 * @param pods that are to be there; more than the resource wants while nodes are taken out
 * @param members nodes, from ordinal 0 on, that a node without any data asks for the cluster; never
 *     fewer than began it
 * @param shrinking whether pods go because the resource wants fewer, and not by somebody's hand
 * @param image of the nodes
 * @param claimSize that claims are made with; they may have grown since
 * @param begun whether there was a cluster: then nodes that have nothing begin none
 * @param beginsAnew which node begins which cluster anew from what it has, as {@code NODE:UUID}, or
 *     null where none does
 * @param surroundings of all clusters
 */
public record Shape(
    int pods,
    int members,
    boolean shrinking,
    String image,
    String claimSize,
    boolean begun,
    @Nullable String beginsAnew,
    Surroundings surroundings) {

  /** Of a cluster that is to begin. */
  public Shape(int pods, int members, boolean shrinking, String image, String claimSize) {
    this(pods, members, shrinking, image, claimSize, false, null, Surroundings.USUAL);
  }

  /** The same, elsewhere. */
  public Shape in(Surroundings others) {
    return new Shape(pods, members, shrinking, image, claimSize, begun, beginsAnew, others);
  }

  /** Has a reconciliation's objects follow this. */
  public void handTo(Context<DislogCluster> context) {
    context.managedWorkflowAndDependentResourceContext().put(Shape.class, this);
  }

  static Shape of(Context<DislogCluster> context) {
    return context
        .managedWorkflowAndDependentResourceContext()
        .getMandatory(Shape.class, Shape.class);
  }
}
