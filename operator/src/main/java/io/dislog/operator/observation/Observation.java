package io.dislog.operator.observation;

import io.dislog.api.ClusterView;
import io.dislog.api.NodeReport;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.objects.Defaults;
import io.dislog.operator.objects.Names;
import io.dislog.operator.objects.NodesStatefulSet;
import io.dislog.operator.objects.Shape;
import io.dislog.operator.objects.Surroundings;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a cluster: by Kubernetes' objects a moment ago, and by asking the nodes now.
 * Immutable.
 *
 * @param pods by ordinals
 * @param claims by ordinals
 * @param reports of the nodes that answered, by ordinals
 * @param unreachable of the others, by ordinals
 * @param views of those among them that have agreed on anything with others
 */
public record Observation(
    DislogCluster cluster,
    SortedMap<Integer, Pod> pods,
    SortedMap<Integer, PersistentVolumeClaim> claims,
    Map<Integer, NodeReport> reports,
    Map<Integer, Unreachable> unreachable,
    Collection<ClusterView> views,
    Membership membership) {

  /**
   * What the cluster's objects follow from. Pods go one at a time, each only once it is known that
   * its node counts for nothing, and the list of those whom an empty node asks never gets shorter.
   *
   * @param nodes as they are, or null where there are none yet: then claims may be left of a
   *     cluster of that name, whose nodes all have to come back
   * @param isOut whether the cluster has said that it does without a node, by its ordinal. That no
   *     leader lists it is not enough: it does so from when it proposes the change on, and whoever
   *     is being taken out is needed until the change is agreed on
   */
  public Shape shape(@Nullable StatefulSet nodes, String defaultImage, IntPredicate isOut) {
    String image = cluster.getSpec().image();
    int former = claims.isEmpty() ? 0 : claims.lastKey() + 1;
    int present = nodes == null ? former : nodes.getSpec().getReplicas();
    boolean known = membership.isKnown();
    // Also a node that only may count: a shard may need it to come back to have a leader.
    int least = Math.max(Defaults.replicas(cluster), counted());
    boolean goes = known && present > least && isOut.test(present - 1);
    int pods = Math.max(least, goes ? present - 1 : present);
    Loss loss = loss(nodes);
    int members = nodes == null ? pods : NodesStatefulSet.membersOf(nodes);
    return new Shape(
        pods,
        // Only once all shards have leaders: before that, this is what a cluster is made of.
        known ? Math.max(members, pods) : members,
        known && (present > pods || !this.pods.tailMap(pods).isEmpty()),
        image == null ? defaultImage : image,
        nodes == null ? Defaults.size(cluster) : NodesStatefulSet.claimSizeOf(nodes),
        loss.begun(),
        Survivor.property(cluster, loss),
        Surroundings.USUAL);
  }

  /** The UUID that the cluster has by now; null where nobody has told any yet. */
  public @Nullable String clusterId() {
    DislogClusterStatus status = cluster.getStatus();
    String before = status == null ? null : status.clusterId();
    // A node that was left behind when another began anew is of another one, and leads nothing.
    return views.stream()
        .filter(view -> before == null || view.leads())
        .map(ClusterView::cluster)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(before);
  }

  private Loss loss(@Nullable StatefulSet nodes) {
    Loss loss =
        Loss.of(
            cluster,
            reports.values().stream().anyMatch(NodeReport::formed),
            nodes != null && NodesStatefulSet.hasBegun(nodes));
    return loss.with(nodes == null ? null : Survivor.of(this, loss, nodes));
  }

  /** One more than the highest ordinal of a node that counts. */
  private int counted() {
    return membership.counted().stream()
        .flatMapToInt(id -> Names.ordinalOfNode(cluster, id).stream())
        .map(ordinal -> ordinal + 1)
        .max()
        .orElse(0);
  }

  /**
   * What the next step follows from.
   *
   * @param nodes as they have been applied, or null where they were never
   */
  public Situation situation(@Nullable StatefulSet nodes, Instant now) {
    String revision = revision(nodes);
    Map<Integer, PodSeen> seen = new TreeMap<>();
    pods.forEach((ordinal, pod) -> seen.put(ordinal, PodState.of(pod, revision, now)));
    return new Situation(
        Names.of(cluster),
        Defaults.replicas(cluster),
        nodes == null ? 0 : nodes.getSpec().getReplicas(),
        revision != null,
        seen,
        reports,
        unreachable,
        Set.of(),
        leaving(nodes == null ? 0 : nodes.getSpec().getReplicas()),
        Map.of(),
        loss(nodes),
        membership);
  }

  /**
   * Nodes that are to stay and whose claims are being deleted, which waits for their pods' ends.
   */
  private Set<Integer> leaving(int replicas) {
    return claims.entrySet().stream()
        .filter(claim -> claim.getKey() < replicas)
        .filter(claim -> claim.getValue().getMetadata().getDeletionTimestamp() != null)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static @Nullable String revision(@Nullable StatefulSet nodes) {
    if (nodes == null) {
      return null;
    }
    var status = nodes.getStatus();
    Long generation = nodes.getMetadata().getGeneration();
    return status == null || !generation.equals(status.getObservedGeneration())
        ? null
        : status.getUpdateRevision();
  }

  /** Nodes that answer, by ordinals, those that are ready first. */
  public List<Integer> answeringNodes() {
    return reports.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<Integer, NodeReport> said) -> !said.getValue().ready())
                .thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Nodes that say that they serve, by ordinals. */
  public List<Integer> readyNodes() {
    return reports.entrySet().stream()
        .filter(report -> report.getValue().ready())
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
