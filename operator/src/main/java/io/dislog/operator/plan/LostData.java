package io.dislog.operator.plan;

import static java.util.stream.Collectors.joining;

import io.dislog.api.NodeReport;
import io.dislog.operator.objects.Quorum;
import io.dislog.operator.observation.Loss;
import io.dislog.operator.observation.PodSeen;
import io.dislog.operator.observation.Situation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What there is to do where so many volumes are new that those with data are no quorum any more.
 * Nothing begins there before somebody names the cluster whose data are given up as far as they are
 * gone: then, where no node has data left, all begin empty, and else one that has begins anew from
 * what it has. Stateless.
 */
final class LostData {

  static final String REASON = "DataLost";

  private static final String BEGINNING = "BeginningAnew";

  /** What a node says that waits for its data; one that was started since then does not. */
  private static final String WAITS = "dislog.raft.may-begin";

  /** What a node says that has read that it begins anew. */
  private static final String BEGINS = "dislog.raft.begin-anew";

  /** What it says that has data, and no quorum. */
  private static final String LEADERLESS = "without a leader";

  private LostData() {}

  static Optional<Plan> plan(Situation at) {
    List<Integer> lost = at.nodes().filter(node -> isNew(at, node)).boxed().toList();
    Integer survivor = at.loss().survivor();
    if (survivor != null && !at.membership().isQuorumHeard()) {
      return Optional.of(anew(at, survivor));
    }
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
    boolean isMissed =
        (at.loss().begun() || at.loss().accepted()) && (isAll || at.loss().id() != null);
    return isMissed ? Optional.of(told(at, lost, isAll)) : Optional.empty();
  }

  /** Whoever has data and no quorum reads anew that it begins anew. */
  private static Plan anew(Situation at, int survivor) {
    String what =
        "%s begins the cluster anew from what it has, since what else %s had is given up"
            .formatted(at.id(survivor), at.loss().id());
    NodeReport report = at.report(survivor);
    PodSeen pod = at.pod(survivor);
    boolean isToRead =
        report != null && report.why().contains(LEADERLESS) && !report.why().contains(BEGINS);
    return isToRead && pod != null && !pod.ending()
        ? new Plan(new Step.Replace(survivor, pod.uid()), BEGINNING, what)
        : Plan.waits(BEGINNING, what, Stream.of(at.notReadyReason(survivor)));
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

  /** Not all nodes say whether they have data, or several have. */
  private static Stream<String> undecided(Situation at) {
    if (at.nodes().anyMatch(node -> at.report(node) == null)) {
      return at.notReadyReasons(at.nodes().filter(node -> at.report(node) == null));
    }
    String left =
        at.nodes().filter(node -> !isNew(at, node)).mapToObj(at::id).collect(joining(", "));
    return Stream.of(
        left
            + " have data, and one alone begins anew: read what you need from each, and delete the"
            + " claims and pods of all but one");
  }

  private static Plan told(Situation at, List<Integer> lost, boolean isAll) {
    String cluster = at.loss().id() == null ? "the cluster" : "cluster " + at.loss().id();
    String nodes = lost.stream().map(at::id).collect(joining(", "));
    String what =
        "the volumes of %s are new, and what %s had on them is missing".formatted(nodes, cluster);
    if (at.loss().accepted()) {
      return Plan.waits(REASON, what, undecided(at));
    }
    String way =
        isAll
            ? "put the volumes back from snapshots, or give up all records"
            : "the nodes that have data are no quorum. Put the volumes back from snapshots, or give"
                + " up the records that only the others had, so that one begins anew from what it"
                + " has";
    return Plan.waits(
        REASON,
        what,
        Stream.of(
            "%s: kubectl annotate dlc/%s %s=%s"
                .formatted(
                    way,
                    at.name(),
                    Loss.ANNOTATION,
                    at.loss().id() == null ? "UUID" : at.loss().id())));
  }
}
