package io.dislog.operator.plan;

import io.dislog.api.NodeReport;
import io.dislog.operator.observation.PodSeen;
import io.dislog.operator.observation.Situation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done next for a cluster, and what that is a part of. Follows from the {@link
 * Situation} alone.
 *
 * <p>At most one step at a time, each only where the cluster can do without the node that it is
 * about, in this order:
 *
 * <ol>
 *   <li>Pods that are not well and not what the StatefulSet says any more are replaced, as far as
 *       nothing is lost with them: see {@link Mending}. All else may wait for them.
 *   <li>Where volumes are new and their data are missing, that is told: see {@link LostData}.
 *   <li>First members form the cluster by themselves, which is waited for.
 *   <li>Nodes that are wanted and belong to nothing yet are added, the lowest first.
 *   <li>Nodes that are not wanted are taken out, the highest first, also such as no leader lists
 *       any more: that they are out is what the cluster says when it is asked. Their pods go after
 *       that.
 *   <li>Pods whose claims are being deleted are replaced, where the other nodes have all that these
 *       have: each begins anew on a new volume. Where they have not, nothing here ends such a pod.
 *   <li>Pods that are not what the StatefulSet says are replaced, those that lead least first.
 *   <li>Pods that are not well are waited for.
 * </ol>
 *
 * @param step or null where there is nothing to do but to wait
 * @param reason for machines: one word
 * @param message for people: what is being done, or what it waits for
 */
public record Plan(@Nullable Step step, String reason, String message) {

  static final String SETTLED = "Settled";

  public static Plan of(Situation situation) {
    List<Function<Situation, Optional<Plan>>> stages =
        List.of(
            Plan::mend,
            LostData::plan,
            Plan::form,
            Plan::grow,
            Plan::shrink,
            Plan::renew,
            Plan::roll,
            Plan::recover);
    return stages.stream()
        .flatMap(stage -> stage.apply(situation).stream())
        .findFirst()
        .orElseGet(() -> new Plan(null, SETTLED, "the cluster is as the resource says"));
  }

  /** Whether nothing is left to do, and nothing to wait for. */
  public boolean isSettled() {
    return reason.equals(SETTLED);
  }

  private static Optional<Plan> mend(Situation at) {
    return Mending.next(at)
        .flatMap(node -> old(at).filter(pod -> pod.node() == node).findFirst())
        .map(pod ->
            new Plan(
                pod.replacement(),
                "RollingOut",
                "replaces a pod that is not well and of an earlier revision: "
                    + at.notReadyReason(pod.node())));
  }

  /** Before there is a cluster, its first members make it, without anybody's help. */
  private static Optional<Plan> form(Situation at) {
    return at.reports().values().stream().anyMatch(NodeReport::formed)
        ? Optional.empty()
        : Optional.of(waits("Starting", "the nodes start", at.notReadyReasons(at.nodes())));
  }

  private static Optional<Plan> grow(Situation at) {
    Optional<Integer> first = first(at, node -> node < at.wanted() && isToAdd(at, node));
    if (first.isEmpty()) {
      return Optional.empty();
    }
    Optional<Integer> able =
        first(at, node -> node < at.wanted() && isToAdd(at, node) && at.report(node) != null);
    int node = able.orElse(first.get());
    String what = "%s becomes a member".formatted(at.id(node));
    Optional<String> obstacle =
        obstacle(at, other -> other != node && at.isCounted(other))
            .or(() -> able.isPresent() ? Optional.empty() : Optional.of(at.notReadyReason(node)));
    return Optional.of(
        obstacle
            .map(why -> waits("AddingNode", what, Stream.of(why)))
            .orElseGet(() -> new Plan(new Step.Add(node, at.isCounted(node)), "AddingNode", what)));
  }

  /**
   * Also a member that lost its volume and does not help itself, being none of the first members.
   */
  private static boolean isToAdd(Situation at, int node) {
    NodeReport report = at.report(node);
    return at.membership().isKnown()
        && (!at.isMember(node) || (report != null && !report.formed()));
  }

  private static Optional<Plan> shrink(Situation at) {
    if (at.pods() <= at.wanted()) {
      return Optional.empty();
    }
    if (!at.membership().isKnown()) {
      return Optional.of(
          waits(
              "RemovingNode",
              "%d nodes are to become %d".formatted(at.pods(), at.wanted()),
              Stream.of(at.membership().unknown())));
    }
    int node = at.pods() - 1;
    String what = "%s is taken out".formatted(at.id(node));
    return Optional.of(
        obstacle(at, other -> other != node && at.isCounted(other))
            .map(why -> waits("RemovingNode", what, Stream.of(why)))
            .orElseGet(() -> new Plan(new Step.Remove(node), "RemovingNode", what)));
  }

  private static Optional<Plan> renew(Situation at) {
    if (!at.canMissAVolume()) {
      return Optional.empty();
    }
    return first(at, at.leaving()::contains)
        .flatMap(node -> Stream.ofNullable(at.pod(node)).findFirst().map(pod -> new Old(node, pod)))
        .map(pod -> {
          String what =
              "%s begins anew, since its claim is being deleted".formatted(at.id(pod.node()));
          // The one that follows waits for the same claim as long as anybody holds it.
          Optional<String> held =
              pod.seen().scheduled()
                  ? Optional.empty()
                  : Optional.of("the claim is still there: another pod or a finalizer holds it");
          return held.or(() -> obstacle(at, node -> pod.seen().ending() || node != pod.node()))
              .map(why -> waits("ReplacingVolume", what, Stream.of(why)))
              .orElseGet(() -> new Plan(pod.replacement(), "ReplacingVolume", what));
        });
  }

  private static Optional<Plan> roll(Situation at) {
    if (!at.rolloutKnown()) {
      return Optional.of(
          waits("RollingOut", "a change of the pods", Stream.of("Kubernetes has not seen it yet")));
    }
    Optional<Old> next =
        old(at)
            .min(
                Comparator.comparingLong((Old pod) -> at.membership().ledBy(at.id(pod.node())))
                    .thenComparing(Comparator.comparingInt(Old::node).reversed()));
    if (next.isEmpty()) {
      return first(at, node -> at.isOld(node) && at.leaving().contains(node))
          .map(node ->
              waits(
                  "RollingOut",
                  "%s is not replaced".formatted(at.id(node)),
                  Stream.of("its claim is being deleted, and goes with its pod")));
    }
    return next.map(pod -> {
      String what = "%s is replaced".formatted(at.id(pod.node()));
      return obstacle(at, any -> true)
          .map(why -> waits("RollingOut", what, Stream.of(why)))
          .orElseGet(() -> new Plan(pod.replacement(), "RollingOut", what));
    });
  }

  private static Optional<Plan> recover(Situation at) {
    return obstacle(at, any -> true)
        .map(why -> waits("Recovering", "all nodes are to be ready", Stream.of(why)));
  }

  /** Why it is no time to do without a node, looking at some of the others. */
  private static Optional<String> obstacle(Situation at, IntPredicate which) {
    Optional<String> reason = at.notReadyReasons(at.nodes().filter(which)).findFirst();
    if (!at.membership().isKnown()) {
      String unknown = at.membership().unknown();
      return Optional.of(reason.map(why -> unknown + "; " + why).orElse(unknown));
    }
    return reason.or(() ->
        at.nodes()
            .filter(which)
            .filter(node -> !at.membership().isCaughtUp(at.id(node)))
            .mapToObj(node -> at.id(node) + " has not caught up")
            .findFirst());
  }

  /**
   * Pods that are not what their StatefulSet says any more, as far as that is known. Not such as
   * take their data with them.
   */
  private static Stream<Old> old(Situation at) {
    return at.nodes()
        .boxed()
        .filter(node -> at.isOld(node) && !at.leaving().contains(node))
        .flatMap(node -> Stream.ofNullable(at.pod(node)).map(pod -> new Old(node, pod)));
  }

  private static Optional<Integer> first(Situation at, IntPredicate which) {
    return at.nodes().filter(which).boxed().findFirst();
  }

  static Plan waits(String reason, String what, Stream<String> forWhat) {
    List<String> told = forWhat.limit(3).toList();
    return new Plan(
        null,
        reason,
        told.isEmpty() ? what : "%s; waits: %s".formatted(what, String.join("; ", told)));
  }

  private record Old(int node, PodSeen seen) {
    Step replacement() {
      return new Step.Replace(node, seen.uid());
    }
  }
}
