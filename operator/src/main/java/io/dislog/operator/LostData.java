package io.dislog.operator;

import io.dislog.operator.node.NodeReport;
import io.dislog.operator.objects.Quorum;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What there is to do where so many volumes are new that those with data are no quorum any more.
 * Nothing begins empty there before somebody names the cluster whose data are given up, and nothing
 * does where any node has data left. Stateless.
 */
final class LostData {

  static final String REASON = "DataLost";

  /** What a node says that waits for its data; one that was started since then does not. */
  private static final String WAITS = "dislog.raft.may-begin";

  private LostData() {}

  static Optional<Plan> plan(Situation at) {
    List<Integer> lost = at.nodes().filter(node -> isNew(at, node)).boxed().toList();
    int all = Math.max(at.pods(), 1);
    boolean isAll = lost.size() == all;
    // Nodes that wait to be added lack nothing; who belonged to it says one that has data.
    boolean isToldOf = at.reports().values().stream().anyMatch(NodeReport::formed);
    if (lost.size() <= all - Quorum.of(all)
        || at.membership().isQuorumHeard()
        || !(isAll || isToldOf)) {
      return Optional.empty();
    }
    if (at.loss().accepted() && isAll) {
      return again(at, lost);
    }
    // A cluster that begins has no UUID yet, and some of its nodes are there before the others.
    boolean isMissed = at.loss().begun() && (isAll || at.loss().id() != null);
    return isMissed ? Optional.of(told(at, lost, isAll)) : Optional.empty();
  }

  private static boolean isNew(Situation at, int node) {
    NodeReport report = at.report(node);
    return report != null && !report.formed();
  }

  private static boolean isWaiting(@Nullable NodeReport report) {
    return report != null && report.why().contains(WAITS);
  }

  /** Whoever still waits for its data reads anew that it may begin. */
  private static Optional<Plan> again(Situation at, List<Integer> lost) {
    String what = "an empty cluster begins, since what " + at.loss().id() + " had is given up";
    return lost.stream()
        .filter(node -> isWaiting(at.report(node)))
        .flatMap(node ->
            Stream.ofNullable(at.pod(node))
                .filter(pod -> !pod.ending())
                .map(pod -> new Plan(new Step.Replace(node, pod.uid()), "Starting", what)))
        .findFirst();
  }

  private static Plan told(Situation at, List<Integer> lost, boolean isAll) {
    String cluster = at.loss().id() == null ? "the cluster" : "cluster " + at.loss().id();
    String nodes = lost.stream().map(at::id).collect(Collectors.joining(", "));
    String what =
        "the volumes of %s are new, and what %s had on them is missing".formatted(nodes, cluster);
    String way =
        isAll
            ? "put the volumes back from snapshots, or give up all records: kubectl annotate dlc/%s %s=%s"
                .formatted(
                    at.name(), Loss.ANNOTATION, at.loss().id() == null ? "UUID" : at.loss().id())
            : "the nodes that have data are no quorum. Put the volumes back from snapshots, or read"
                + " what is left into another cluster, as the operations guide says of a lost quorum";
    return Plan.waits(REASON, what, Stream.of(way));
  }
}
