package io.dislog.operator.objects;

import io.dislog.operator.crd.DislogCluster;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/**
 * Who may speak to the nodes: any pod to the API and to health and metrics, and only the nodes
 * themselves to where they replicate, which asks nobody who they are. Used by many threads at once.
 */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.OURS))
public class NodesNetworkPolicy extends OwnedObject<NetworkPolicy> {

  public NodesNetworkPolicy() {
    super(NetworkPolicy.class);
  }

  @Override
  NetworkPolicy desired(DislogCluster cluster, Shape shape) {
    NetworkPolicyPeer anyPod =
        new NetworkPolicyPeerBuilder()
            .withNamespaceSelector(new LabelSelectorBuilder().build())
            .build();
    NetworkPolicyPeer nodes =
        new NetworkPolicyPeerBuilder()
            .withNewPodSelector()
            .withMatchLabels(Labels.selecting(cluster))
            .endPodSelector()
            .build();
    return new NetworkPolicyBuilder()
        .withMetadata(metadata(cluster, Names.of(cluster)))
        .withNewSpec()
        .withNewPodSelector()
        .withMatchLabels(Labels.selecting(cluster))
        .endPodSelector()
        .withPolicyTypes("Ingress")
        .withIngress(allow(anyPod, Ports.HTTP, Ports.MANAGEMENT), allow(nodes, Ports.RAFT))
        .endSpec()
        .build();
  }

  private static NetworkPolicyIngressRule allow(NetworkPolicyPeer from, int... ports) {
    var rule = new NetworkPolicyIngressRuleBuilder().withFrom(from);
    for (int port : ports) {
      rule.addNewPort().withProtocol(Ports.PROTOCOL).withPort(new IntOrString(port)).endPort();
    }
    return rule.build();
  }
}
