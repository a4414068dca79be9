package io.dislog.operator;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.objects.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Set;

/** Watches what Kubernetes makes for the nodes: their pods and their claims. Stateless. */
final class NodeObjects {

  private NodeObjects() {}

  static List<EventSource<?, DislogCluster>> sources(EventSourceContext<DislogCluster> context) {
    return List.of(source(Pod.class, context), source(PersistentVolumeClaim.class, context));
  }

  private static <R extends HasMetadata> EventSource<R, DislogCluster> source(
      Class<R> type, EventSourceContext<DislogCluster> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(type, DislogCluster.class)
            .withLabelSelector(Labels.OF_NODES)
            .withNamespacesInheritedFromController()
            .withSecondaryToPrimaryMapper(NodeObjects::cluster)
            .build(),
        context);
  }

  private static Set<ResourceID> cluster(HasMetadata object) {
    String name = Labels.clusterOf(object.getMetadata().getLabels());
    return Set.of(new ResourceID(name, object.getMetadata().getNamespace()));
  }
}
