package io.dislog.operator.objects;

import io.dislog.operator.crd.DislogCluster;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Condition;

/** Has evictions, the operator's own included, leave a quorum. Used by many threads at once. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.OURS))
public class NodesDisruptionBudget extends OwnedObject<PodDisruptionBudget> {

  public NodesDisruptionBudget() {
    super(PodDisruptionBudget.class);
  }

  @Override
  PodDisruptionBudget desired(DislogCluster cluster, Shape shape) {
    return new PodDisruptionBudgetBuilder()
        .withMetadata(metadata(cluster, Names.of(cluster)))
        .withNewSpec()
        .withMinAvailable(new IntOrString(Quorum.of(shape.pods())))
        .withNewSelector()
        .withMatchLabels(Labels.selecting(cluster))
        .endSelector()
        // A pod that is not ready is no part of the quorum, and a broken one must not be kept.
        .withUnhealthyPodEvictionPolicy("AlwaysAllow")
        .endSpec()
        .build();
  }

  /**
   * Where no node can be missed a budget would protect nothing, and only stop nodes of Kubernetes
   * from being drained, for ever.
   */
  public static final class IsUseful implements Condition<PodDisruptionBudget, DislogCluster> {
    @Override
    public boolean isMet(
        DependentResource<PodDisruptionBudget, DislogCluster> budget,
        DislogCluster cluster,
        Context<DislogCluster> context) {
      return Quorum.canMissOne(Shape.of(context).pods());
    }
  }
}
