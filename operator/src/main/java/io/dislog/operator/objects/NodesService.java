package io.dislog.operator.objects;

import io.dislog.operator.crd.DislogCluster;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/**
 * The names of the single nodes. Those of nodes that are not ready, too: they become ready only
 * once the others reach them. Used by many threads at once.
 */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.OURS))
public class NodesService extends OwnedObject<Service> {

  public NodesService() {
    super(Service.class);
  }

  @Override
  Service desired(DislogCluster cluster, Shape shape) {
    return new ServiceBuilder()
        .withMetadata(metadata(cluster, Names.nodes(cluster)))
        .withNewSpec()
        .withClusterIP("None")
        .withPublishNotReadyAddresses(true)
        .withSelector(Labels.selecting(cluster))
        .withPorts(
            port(Ports.HTTP_NAME, Ports.HTTP),
            port(Ports.MANAGEMENT_NAME, Ports.MANAGEMENT),
            port(Ports.RAFT_NAME, Ports.RAFT))
        .endSpec()
        .build();
  }

  private static ServicePort port(String name, int port) {
    return new ServicePortBuilder()
        .withName(name)
        .withProtocol(Ports.PROTOCOL)
        .withPort(port)
        .withTargetPort(new IntOrString(name))
        .build();
  }
}
