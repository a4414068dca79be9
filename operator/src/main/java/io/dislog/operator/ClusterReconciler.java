package io.dislog.operator;

import io.dislog.operator.claims.ClaimGrowth;
import io.dislog.operator.claims.ClaimOwnership;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.node.Nodes;
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
import io.dislog.operator.objects.Surroundings;
import io.dislog.operator.observation.Observation;
import io.dislog.operator.observation.Observer;
import io.dislog.operator.observation.Situation;
import io.dislog.operator.observation.Unwell;
import io.dislog.operator.plan.Plan;
import io.dislog.operator.plan.Step;
import io.dislog.operator.status.Events;
import io.dislog.operator.status.FailureLog;
import io.dislog.operator.status.Failures;
import io.dislog.operator.status.Outcome;
import io.dislog.operator.status.Pace;
import io.dislog.operator.status.StatusReport;
import io.dislog.operator.status.Unapplied;
import io.dislog.operator.status.Warnings;
import io.dislog.operator.sync.RuntimeSync;
import io.dislog.operator.sync.SyncResult;
import io.dislog.operator.sync.VolumeWatch;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimited;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings a cluster one step nearer to what its resource wants, each time that it is called. Called
 * by many threads, but by one at a time for each cluster.
 *
 * <p>What fails is tried again for ever, after the framework's own waits, 2 s at first and 15 s at
 * last. Other waits are not to be had here: the build carries them by setters of which each has
 * two, and whether it sees the right one is up to the JVM's order of methods; and it does not carry
 * a {@code Retry} of our own at all.
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
@GradualRetry(maxAttempts = ClusterReconciler.UNLIMITED)
@RateLimited(maxReconciliations = 6, within = 3)
@Singleton
public final class ClusterReconciler implements Reconciler<DislogCluster> {

  static final String FIELD_MANAGER = "dislog-operator";
  static final int UNLIMITED = -1;

  private final NodesPodMonitor podMonitor = new NodesPodMonitor(FIELD_MANAGER);
  private final VolumeWatch volumes;
  private final Observer observer;
  private final RuntimeSync sync;
  private final Steps steps;
  private final Unwell unwell = new Unwell();
  private final Warnings warnings = new Warnings();
  private final MissingPods missing = new MissingPods();
  private final Events events;
  private final String image;
  private final Surroundings surroundings;

  /** For what is written into resources, or compared with what stands there. */
  private final InstantSource clock;

  private final InstantSource steady = new SteadyClock();

  @Inject
  ClusterReconciler(Release release, Nodes nodes, MeterRegistry registry) {
    this(release, nodes, registry, InstantSource.system());
  }

  ClusterReconciler(Release release, Nodes nodes, MeterRegistry registry, InstantSource clock) {
    this.image = release.image();
    this.surroundings = new Surroundings(nodes.operator(), release.clusterDomain());
    this.volumes = new VolumeWatch(nodes);
    this.observer = new Observer(nodes);
    this.sync = new RuntimeSync(nodes, registry, clock);
    this.steps = new Steps(nodes, steady);
    this.events = new Events(release.instance());
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, DislogCluster>> prepareEventSources(
      EventSourceContext<DislogCluster> context) {
    Departures departures = new Departures(() -> keep(context.getPrimaryCache()));
    return Stream.concat(NodeObjects.sources(context).stream(), Stream.of(volumes, departures))
        .toList();
  }

  @Override
  public UpdateControl<DislogCluster> reconcile(
      DislogCluster cluster, Context<DislogCluster> context) {
    try (LogField _ = LogField.of(cluster)) {
      return bring(cluster, context);
    } finally {
      keep(context.getPrimaryCache()); // It may have been deleted meanwhile.
    }
  }

  private UpdateControl<DislogCluster> bring(
      DislogCluster cluster, Context<DislogCluster> context) {
    Observation seen = observer.observe(cluster, context);
    volumes.follow(seen);
    Outcome outcome =
        Defaults.isPaused(cluster)
            ? Outcome.paused(situation(seen, context), sync.look(seen, steady.instant()))
            : act(seen, context);
    DislogClusterStatus status = new StatusReport(cluster, clock.instant()).of(seen, outcome);
    events.record(cluster, Events.of(outcome.sync()), context.getClient());
    boolean isAsRead = write(status, cluster, context);
    return UpdateControl.<DislogCluster>noUpdate()
        .rescheduleAfter(isAsRead ? Pace.after(outcome, status, clock.instant()) : Duration.ZERO);
  }

  /** Forgets all clusters but those that are there. */
  private void keep(Cache<DislogCluster> clusters) {
    Set<String> there =
        clusters.list().map(one -> one.getMetadata().getUid()).collect(Collectors.toSet());
    volumes.keep(there);
    sync.keep(there);
    steps.keep(there);
    unwell.keep(there);
    warnings.keep(there);
    missing.keep(there);
    podMonitor.keep(there);
  }

  /**
   * Does what can be done: an object that is refused stops neither the care for the running service
   * nor growing volumes. No step is taken then, since steps rely on all objects; but one is
   * whatever else fails.
   */
  private Outcome act(Observation seen, Context<DislogCluster> context) {
    List<RuntimeException> failures = new ArrayList<>();
    attempt(failures, () -> bringObjects(seen, context));
    boolean areObjectsThere = failures.isEmpty();
    attempt(
        failures, () -> podMonitor.bring(seen.cluster(), context.getClient(), steady.instant()));
    // Before the step, which may take a while.
    SyncResult synced = sync.look(seen, steady.instant());
    ClaimGrowth growth =
        attempt(failures, () -> ClaimGrowth.of(seen, context.getClient()), ClaimGrowth.NONE);
    // Of the StatefulSet as it now is: a change that Kubernetes has not seen yet stops a rollout.
    Situation at = situation(seen, context);
    attempt(
        failures,
        () ->
            missing.bring(
                seen.cluster().getMetadata().getUid(),
                at,
                nodes(context),
                context.getClient(),
                steady.instant()));
    Plan plan = Plan.of(at);
    Optional<Step> step = Optional.ofNullable(plan.step());
    Optional<String> undone =
        areObjectsThere
            ? step.flatMap(next -> steps.take(next, seen, context.getClient()))
            : step.map(_ -> "see ReconcileError");
    Outcome outcome = new Outcome(at, plan, undone, growth, synced);
    if (!failures.isEmpty()) {
      throw new Unapplied(seen, outcome, failures);
    }
    return outcome;
  }

  private void bringObjects(Observation seen, Context<DislogCluster> context) {
    Shape shape =
        seen.shape(nodes(context), image, node -> steps.isOut(seen.cluster(), node))
            .in(surroundings);
    // Before pods go: a claim that belongs to the cluster would stay when its pod is scaled away.
    ClaimOwnership.bring(seen, shape.pods(), context.getClient());
    shape.handTo(context);
    context.managedWorkflowAndDependentResourceContext().reconcileManagedWorkflow();
  }

  private static void attempt(List<RuntimeException> failures, Runnable part) {
    try {
      part.run();
    } catch (RuntimeException e) {
      failures.add(e);
    }
  }

  private static <T> T attempt(List<RuntimeException> failures, Supplier<T> part, T otherwise) {
    try {
      return part.get();
    } catch (RuntimeException e) {
      failures.add(e);
      return otherwise;
    }
  }

  private Situation situation(Observation seen, Context<DislogCluster> context) {
    Instant now = steady.instant();
    String uid = seen.cluster().getMetadata().getUid();
    Situation at = unwell.mark(uid, seen.situation(nodes(context), clock.instant()), now);
    return warnings.tell(at, seen.cluster(), context.getClient(), now);
  }

  /**
   * Whether the resource was still as it was read when its status was written. The framework takes
   * a change that came in between for a part of its own writing, and tells nobody of it.
   */
  private boolean write(
      DislogClusterStatus status, DislogCluster cluster, Context<DislogCluster> context) {
    DislogClusterStatus before =
        Objects.requireNonNullElse(cluster.getStatus(), StatusReport.NOTHING);
    if (status.equals(before)) {
      return true;
    }
    events.record(cluster, Events.of(before, status), context.getClient());
    DislogCluster written =
        context.resourceOperations().serverSideApplyPrimaryStatus(withStatus(cluster, status));
    ObjectMeta read = cluster.getMetadata();
    return written.getMetadata().getUid().equals(read.getUid())
        && written.getMetadata().getGeneration().equals(read.getGeneration());
  }

  @Override
  public ErrorStatusUpdateControl<DislogCluster> updateErrorStatus(
      DislogCluster cluster, Context<DislogCluster> context, Exception failure) {
    if (Failures.isGone(failure)) {
      return ErrorStatusUpdateControl.noStatusUpdate();
    }
    DislogClusterStatus before =
        Objects.requireNonNullElse(cluster.getStatus(), StatusReport.NOTHING);
    DislogClusterStatus status = new StatusReport(cluster, clock.instant()).failed(failure);
    if (status.equals(before)) {
      return ErrorStatusUpdateControl.noStatusUpdate();
    }
    try (LogField _ = LogField.of(cluster)) {
      FailureLog.note(before, status, failure);
      events.record(cluster, Events.of(before, status), context.getClient());
    }
    return ErrorStatusUpdateControl.patchStatus(withStatus(cluster, status));
  }

  /** Nothing but the status, so that nothing else is applied with it. */
  private static DislogCluster withStatus(DislogCluster cluster, DislogClusterStatus status) {
    DislogCluster only = new DislogCluster();
    only.setMetadata(
        new ObjectMetaBuilder()
            .withName(cluster.getMetadata().getName())
            .withNamespace(cluster.getMetadata().getNamespace())
            .build());
    only.setStatus(status);
    return only;
  }

  private static @Nullable StatefulSet nodes(Context<DislogCluster> context) {
    return context.getSecondaryResource(StatefulSet.class).orElse(null);
  }
}
