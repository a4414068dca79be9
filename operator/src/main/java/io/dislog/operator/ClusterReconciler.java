package io.dislog.operator;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.objects.ApiService;
import io.dislog.operator.objects.Defaults;
import io.dislog.operator.objects.NodesConfigMap;
import io.dislog.operator.objects.NodesDisruptionBudget;
import io.dislog.operator.objects.NodesNetworkPolicy;
import io.dislog.operator.objects.NodesPodMonitor;
import io.dislog.operator.objects.NodesService;
import io.dislog.operator.objects.NodesServiceAccount;
import io.dislog.operator.objects.NodesStatefulSet;
import io.dislog.operator.objects.Shape;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/**
 * Brings a cluster one step nearer to what its resource wants, each time that it is called. Called
 * by many threads, but by one at a time for each cluster.
 */
@Workflow(
    explicitInvocation = true,
    dependents = {
      @Dependent(name = "service-account", type = NodesServiceAccount.class),
      @Dependent(name = "properties", type = NodesConfigMap.class),
      @Dependent(name = "network-policy", type = NodesNetworkPolicy.class),
      @Dependent(name = "nodes-service", type = NodesService.class),
      @Dependent(name = "api-service", type = ApiService.class),
      @Dependent(
          name = "disruption-budget",
          type = NodesDisruptionBudget.class,
          reconcilePrecondition = NodesDisruptionBudget.IsUseful.class),
      @Dependent(
          name = "nodes",
          type = NodesStatefulSet.class,
          dependsOn = {"service-account", "properties", "network-policy", "nodes-service"})
    })
@ControllerConfiguration(name = "dislogcluster", fieldManager = ClusterReconciler.FIELD_MANAGER)
@GradualRetry(
    maxAttempts = -1,
    initialInterval = 1_000,
    intervalMultiplier = 2,
    maxInterval = 30_000)
@Singleton
public final class ClusterReconciler implements Reconciler<DislogCluster> {

  private static final Duration IDLE = Duration.ofSeconds(30);

  static final String FIELD_MANAGER = "dislog-operator";

  private final NodesPodMonitor podMonitor = new NodesPodMonitor(FIELD_MANAGER);
  private final String image;

  @Inject
  ClusterReconciler(Release release) {
    this.image = release.image();
  }

  @Override
  public List<EventSource<?, DislogCluster>> prepareEventSources(
      EventSourceContext<DislogCluster> context) {
    return NodeObjects.sources(context);
  }

  @Override
  public UpdateControl<DislogCluster> reconcile(
      DislogCluster cluster, Context<DislogCluster> context) {
    shape(cluster, context).handTo(context);
    context.managedWorkflowAndDependentResourceContext().reconcileManagedWorkflow();
    podMonitor.bring(cluster, context.getClient());
    return UpdateControl.<DislogCluster>noUpdate().rescheduleAfter(IDLE);
  }

  private Shape shape(DislogCluster cluster, Context<DislogCluster> context) {
    String wanted = cluster.getSpec().image();
    StatefulSet nodes = context.getSecondaryResource(StatefulSet.class).orElse(null);
    int replicas = Defaults.replicas(cluster);
    return new Shape(
        replicas,
        nodes == null ? replicas : NodesStatefulSet.membersOf(nodes),
        wanted == null ? image : wanted,
        nodes == null ? Defaults.size(cluster) : NodesStatefulSet.claimSizeOf(nodes));
  }
}
