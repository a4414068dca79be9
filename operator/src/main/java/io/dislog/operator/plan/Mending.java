package io.dislog.operator.plan;

import io.dislog.api.NodeReport;
import io.dislog.operator.observation.PodSeen;
import io.dislog.operator.observation.Situation;
import io.dislog.operator.observation.Unreachable;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which pod is replaced before all else is done, and waits for nobody: one that is not well, and
 * not what its StatefulSet says any more. A change that broke it and was taken back, or put right,
 * heals by that alone. Stateless.
 *
 * <p>Nothing that serves is lost with it:
 *
 * <ol>
 *   <li>A pod without a process, or one that was not ready for long, takes part in nothing; unless
 *       it answers and is needed for a quorum.
 *   <li>One whose process may take part has not been well for a while, and a quorum of each shard
 *       was heard without it. Where no quorum is heard, that it is not well must be its own word:
 *       of a node that is not reached nothing is known. And those that were replaced already must
 *       have come back by then, so that what is wrong now takes no second one.
 * </ol>
 */
final class Mending {

  private Mending() {}

  static Optional<Integer> next(Situation at) {
    return unwell(at)
        .filter(node -> isIdle(at, node))
        .findFirst()
        .or(() ->
            unwell(at)
                .filter(node -> at.ailing().contains(node))
                .filter(node -> isSpared(at, node) && isAlone(at))
                .min(
                    Comparator.comparingLong((Integer node) -> at.membership().ledBy(at.id(node)))
                        .thenComparing(Comparator.reverseOrder())));
  }

  private static Stream<Integer> unwell(Situation at) {
    return at.nodes()
        .boxed()
        .filter(node -> at.isOld(node) && !at.isReady(node) && !at.leaving().contains(node));
  }

  private static boolean isIdle(Situation at, int node) {
    PodSeen pod = at.pod(node);
    return pod != null && pod.broken() && !at.membership().needs(at.id(node));
  }

  /** Whether the cluster serves without a node what it serves with it. */
  private static boolean isSpared(Situation at, int node) {
    NodeReport report = at.report(node);
    if (at.pods() == 1 || (report != null && !report.formed())) {
      return true;
    }
    if (at.membership().isQuorumHeard()) {
      return !at.membership().needs(at.id(node));
    }
    Unreachable failure = at.unreachable().get(node);
    return failure != null && failure.isNodesWord();
  }

  /** Whether all pods are there that are what the StatefulSet says, and well as far as can be. */
  private static boolean isAlone(Situation at) {
    return at.nodes()
        .filter(node -> !at.isOld(node))
        .allMatch(node ->
            at.isReady(node) || (at.report(node) != null && !at.membership().isQuorumHeard()));
  }
}
