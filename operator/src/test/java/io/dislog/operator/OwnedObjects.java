package io.dislog.operator;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks at what an operator made. Stateless. */
final class OwnedObjects {

  private static final String OURS = "app.kubernetes.io/managed-by";
  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          StatefulSet.class,
          Service.class,
          ConfigMap.class,
          PodDisruptionBudget.class,
          NetworkPolicy.class,
          ServiceAccount.class);

  private OwnedObjects() {}

  static List<HasMetadata> of(KubernetesClient client, String namespace) {
    return KINDS.stream().flatMap(kind -> of(kind, client, namespace).stream()).toList();
  }

  private static List<HasMetadata> of(
      Class<? extends HasMetadata> kind, KubernetesClient client, String namespace) {
    return Insistence.ask(
            () -> client.resources(kind).inNamespace(namespace).withLabel(OURS).list())
        .getItems()
        .stream()
        .map(HasMetadata.class::cast)
        .toList();
  }

  /** Which version each has, so that it is seen whether anything was written. */
  static Map<String, String> versions(KubernetesClient client, String namespace) {
    Map<String, String> versions = new TreeMap<>();
    for (HasMetadata object : of(client, namespace)) {
      versions.put(
          object.getKind() + "/" + object.getMetadata().getName(),
          object.getMetadata().getResourceVersion());
    }
    return versions;
  }
}
