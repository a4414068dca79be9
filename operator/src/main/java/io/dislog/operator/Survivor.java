package io.dislog.operator;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.node.ClusterView;
import io.dislog.operator.node.NodeReport;
import io.dislog.operator.objects.Names;
import io.dislog.operator.objects.NodesStatefulSet;
import io.dislog.operator.objects.Quorum;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Which node begins a cluster anew from what it has, where a majority lost theirs and somebody gave
 * that up. Stateless.
 *
 * <p>The StatefulSet remembers it, so that no second one does while the first is away. It is chosen
 * once all nodes have said whether they have data: the one that knows most entries to be agreed on,
 * of all shards together. It is another one only where it has lost its data, too; and none any more
 * once the cluster has another UUID than the one that was given up.
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
    if (!loss.accepted()) {
      return null;
    }
    String marked = NodesStatefulSet.beginsAnewOf(nodes);
    int pods = nodes.getSpec().getReplicas();
    for (int node = 0; node < pods; node++) {
      if (property(seen.cluster(), loss, node).equals(marked) && !hasNothing(seen, node)) {
        return node;
      }
    }
    return chosen(seen, pods).orElse(null);
  }

  private static boolean hasNothing(Observation seen, int node) {
    NodeReport report = seen.reports().get(node);
    return report != null && !report.formed();
  }

  private static Optional<Integer> chosen(Observation seen, int pods) {
    long without = seen.reports().values().stream().filter(node -> !node.formed()).count();
    boolean isLost = without > pods - Quorum.of(pods) && !seen.membership().isQuorumHeard();
    if (!isLost || seen.reports().size() < pods) {
      return Optional.empty();
    }
    return seen.views().stream()
        .sorted(
            Comparator.comparingLong(Survivor::committed)
                .reversed()
                .thenComparing(ClusterView::node))
        .map(view -> Names.ordinalOfNode(seen.cluster(), view.node()))
        .flatMapToInt(OptionalInt::stream)
        .boxed()
        .findFirst();
  }

  private static long committed(ClusterView view) {
    return view.shards().stream().mapToLong(ClusterView.Shard::committed).sum();
  }
}
