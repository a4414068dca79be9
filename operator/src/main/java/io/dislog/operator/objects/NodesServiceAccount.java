package io.dislog.operator.objects;

import io.dislog.operator.crd.DislogCluster;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/** As whom the nodes run: somebody without any rights. Used by many threads at once. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.OURS))
public class NodesServiceAccount extends OwnedObject<ServiceAccount> {

  public NodesServiceAccount() {
    super(ServiceAccount.class);
  }

  @Override
  ServiceAccount desired(DislogCluster cluster, Shape shape) {
    return new ServiceAccountBuilder()
        .withMetadata(metadata(cluster, Names.of(cluster)))
        .withAutomountServiceAccountToken(false)
        .build();
  }
}
