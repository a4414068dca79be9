package io.dislog.operator.observation;

import io.dislog.api.NodeReport;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.objects.Names;
import io.dislog.operator.objects.NodesStatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which node begins a cluster anew from what it has, where a majority lost theirs and somebody gave
 * that up. Stateless.
 *
 * <p>It is the only one that has any, once all nodes have said whether they have: where several do,
 * each may have what the others lack, and somebody has to choose. The StatefulSet remembers it, so
 * that no second one does while the first is away. It is none any more once it has lost its data,
 * too, once several members are a quorum after all, or once the cluster has another UUID than the
 * one that was given up.
 */
final class Survivor {

  private Survivor() {}

  /** What nodes are told; null where none begins anew. */
  static @Nullable String property(DislogCluster cluster, Loss loss) {
    return loss.survivor() == null ? null : property(cluster, loss, loss.survivor());
  }

  private static String property(DislogCluster cluster, Loss loss, int node) {
    return "%s:%s".formatted(Names.node(cluster, node), loss.id());
  }

  /** Its ordinal, or null where none begins anew. */
  static @Nullable Integer of(Observation seen, Loss loss, StatefulSet nodes) {
    if (!loss.accepted() || isBack(seen.membership())) {
      return null;
    }
    String marked = NodesStatefulSet.beginsAnewOf(nodes);
    int pods = nodes.getSpec().getReplicas();
    for (int node = 0; node < pods; node++) {
      if (property(seen.cluster(), loss, node).equals(marked) && !hasNothing(seen, node)) {
        return node;
      }
    }
    return onlyOne(seen, pods).orElse(null);
  }

  private static boolean hasNothing(Observation seen, int node) {
    NodeReport report = seen.reports().get(node);
    return report != null && !report.formed();
  }

  /** A node that has begun anew is a quorum, too, by itself. */
  private static boolean isBack(Membership members) {
    return members.isQuorumHeard()
        && members.shards().values().stream().anyMatch(shard -> shard.replicas().size() > 1);
  }

  private static Optional<Integer> onlyOne(Observation seen, int pods) {
    if (pods == 1 || seen.reports().size() < pods || seen.membership().isQuorumHeard()) {
      return Optional.empty();
    }
    List<Integer> left =
        seen.reports().entrySet().stream()
            .filter(report -> report.getValue().formed())
            .map(Map.Entry::getKey)
            .toList();
    return left.size() == 1 ? Optional.of(left.getFirst()) : Optional.empty();
  }
}
