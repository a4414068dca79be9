package io.dislog.operator.objects;

import io.dislog.operator.crd.DislogCluster;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/** Where clients find the API: at any node that is ready. Used by many threads at once. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.OURS))
public class ApiService extends OwnedObject<Service> {

  public ApiService() {
    super(Service.class);
  }

  @Override
  Service desired(DislogCluster cluster, Shape shape) {
    return new ServiceBuilder()
        .withMetadata(metadata(cluster, Names.of(cluster)))
        .withNewSpec()
        .withSelector(Labels.selecting(cluster))
        .addNewPort()
        .withName(Ports.HTTP_NAME)
        .withProtocol(Ports.PROTOCOL)
        .withPort(Ports.HTTP)
        .withTargetPort(new IntOrString(Ports.HTTP_NAME))
        .endPort()
        .endSpec()
        .build();
  }
}
