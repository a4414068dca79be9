package io.dislog.operator;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/**
 * Plays the disruption budget's controller, which counts the healthy pods. Holds no state; safe for
 * use by many threads.
 */
final class FakeBudget {

  private final KubernetesClient client;
  private final String namespace;

  FakeBudget(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  void tell(List<Pod> pods) {
    PodDisruptionBudget budget =
        client
            .policy()
            .v1()
            .podDisruptionBudget()
            .inNamespace(namespace)
            .withName(TestClusters.NAME)
            .get();
    if (budget == null) {
      return;
    }
    int healthy =
        (int)
            pods.stream()
                .filter(pod ->
                    pod.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                            condition.getType().equals("Ready")
                                && condition.getStatus().equals("True")))
                .count();
    IntOrString least = budget.getSpec().getMinAvailable();
    PodDisruptionBudget told =
        new PodDisruptionBudgetBuilder(budget)
            .withNewStatus()
            .withObservedGeneration(budget.getMetadata().getGeneration())
            .withExpectedPods(pods.size())
            .withCurrentHealthy(healthy)
            .withDesiredHealthy(least.getIntVal())
            .withDisruptionsAllowed(Math.max(0, healthy - least.getIntVal()))
            .endStatus()
            .build();
    if (budget.getStatus() == null
        || !told.getStatus()
            .getDisruptionsAllowed()
            .equals(budget.getStatus().getDisruptionsAllowed())
        || !told.getStatus()
            .getObservedGeneration()
            .equals(budget.getStatus().getObservedGeneration())) {
      client.resource(told).updateStatus();
    }
  }
}
