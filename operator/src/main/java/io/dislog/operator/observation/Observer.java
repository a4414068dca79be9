package io.dislog.operator.observation;

import io.dislog.api.ClusterView;
import io.dislog.api.NodeReport;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.node.NodeClient;
import io.dislog.operator.node.NodeException;
import io.dislog.operator.node.Nodes;
import io.dislog.operator.objects.Defaults;
import io.dislog.operator.objects.Names;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Looks at clusters. Blocks for as long as a node may take to answer. Used by many threads. */
public final class Observer {

  private final Nodes nodes;

  public Observer(Nodes nodes) {
    this.nodes = nodes;
  }

  public Observation observe(DislogCluster cluster, Context<DislogCluster> context) {
    SortedMap<Integer, Pod> pods = new TreeMap<>();
    for (Pod pod : context.getSecondaryResources(Pod.class)) {
      Names.ordinalOfNode(cluster, pod.getMetadata().getName())
          .ifPresent(ordinal -> pods.put(ordinal, pod));
    }
    SortedMap<Integer, PersistentVolumeClaim> claims = new TreeMap<>();
    for (PersistentVolumeClaim claim : context.getSecondaryResources(PersistentVolumeClaim.class)) {
      Names.ordinalOfClaim(cluster, claim.getMetadata().getName())
          .ifPresent(ordinal -> claims.put(ordinal, claim));
    }
    ConcurrentMap<Integer, NodeReport> reports = new ConcurrentHashMap<>();
    ConcurrentMap<Integer, ClusterView> views = new ConcurrentHashMap<>();
    ConcurrentMap<Integer, Unreachable> unreachable = new ConcurrentHashMap<>();
    // All at once: one that is gone without a word would hold up what is said of the others.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      pods.forEach((ordinal, pod) -> {
        if (PodState.isRunning(pod)) {
          var _ =
              threads.submit(
                  () -> ask(nodes.of(cluster, ordinal), ordinal, reports, views, unreachable));
        }
      });
    }
    List<ClusterView> seen = List.copyOf(views.values());
    return new Observation(
        cluster,
        pods,
        claims,
        Map.copyOf(reports),
        Map.copyOf(unreachable),
        seen,
        Membership.of(Defaults.shards(cluster), seen));
  }

  private static void ask(
      NodeClient node,
      int ordinal,
      Map<Integer, NodeReport> reports,
      Map<Integer, ClusterView> views,
      Map<Integer, Unreachable> unreachable) {
    try {
      NodeReport report = node.report();
      if (report.formed()) {
        views.put(ordinal, node.cluster());
      }
      reports.put(ordinal, report);
    } catch (NodeException e) {
      unreachable.put(ordinal, new Unreachable(e.why(), e.isNodesWord()));
    }
  }
}
