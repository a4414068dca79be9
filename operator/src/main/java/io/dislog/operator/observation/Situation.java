package io.dislog.operator.observation;

import io.dislog.api.NodeReport;
import io.dislog.operator.objects.Quorum;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a cluster stands, all that its next step follows from. Immutable.
 *
 * @param name of the cluster
 * @param wanted nodes
 * @param pods that its StatefulSet is to have
 * @param rolloutKnown whether Kubernetes has seen the StatefulSet as it is, so that it can be said
 *     which pods are as it says
 * @param seen pods that are there, by ordinals
 * @param reports of the nodes that answered, by ordinals
 * @param unreachable of the others, by ordinals
 * @param ailing nodes that have not been well for a while
 * @param leaving nodes whose claims are being deleted, and go with their pods
 * @param warnings that Kubernetes gives of pods that are not well, by ordinals
 * @param loss what is known of the data that there should be
 * @param membership of all of them
 */
public record Situation(
    String name,
    int wanted,
    int pods,
    boolean rolloutKnown,
    Map<Integer, PodSeen> seen,
    Map<Integer, NodeReport> reports,
    Map<Integer, Unreachable> unreachable,
    Set<Integer> ailing,
    Set<Integer> leaving,
    Map<Integer, String> warnings,
    Loss loss,
    Membership membership) {

  /** What a node says that has damaged logs. */
  private static final String DAMAGED = "damaged on this node";

  Situation withAiling(Set<Integer> ailing) {
    return with(ailing, warnings);
  }

  public Situation withWarnings(Map<Integer, String> warnings) {
    return with(ailing, warnings);
  }

  private Situation with(Set<Integer> ailing, Map<Integer, String> warnings) {
    return new Situation(
        name,
        wanted,
        pods,
        rolloutKnown,
        seen,
        reports,
        unreachable,
        ailing,
        leaving,
        warnings,
        loss,
        membership);
  }

  /** A node's id. */
  public String id(int node) {
    return name + "-" + node;
  }

  /** The nodes that there are pods for. */
  public IntStream nodes() {
    return IntStream.range(0, pods);
  }

  public @Nullable PodSeen pod(int node) {
    return seen.get(node);
  }

  public @Nullable NodeReport report(int node) {
    return reports.get(node);
  }

  public boolean isMember(int node) {
    return membership.has(id(node));
  }

  /** Whether a node belongs to any shard. */
  public boolean isCounted(int node) {
    return membership.counted().contains(id(node));
  }

  /**
   * Whether all that a node has is on enough others for it to be added anew: a pair agrees on
   * nothing without both.
   */
  public boolean canMissAVolume() {
    return Quorum.canMissOne(membership.counted().size());
  }

  /** Whether a pod stays that is not what its StatefulSet says any more, as far as is known. */
  public boolean isOld(int node) {
    PodSeen pod = pod(node);
    return rolloutKnown && pod != null && !pod.current() && !pod.ending();
  }

  public boolean isReady(int node) {
    PodSeen pod = pod(node);
    NodeReport report = report(node);
    return pod != null && pod.ready() && !pod.ending() && report != null && report.ready();
  }

  /** Why a node is not ready, for people. */
  public String notReadyReason(int node) {
    PodSeen pod = pod(node);
    String why =
        pod == null
            ? "has no pod"
            : pod.ending() ? "is ending" : notReadyReason(pod, report(node), node);
    String warning = warnings.get(node);
    // A pod without a machine says itself what the warning is about.
    boolean isNews = warning != null && !why.contains(warning.substring(warning.indexOf(' ') + 1));
    return "%s: %s%s".formatted(id(node), why, isNews ? " (%s)".formatted(warning) : "");
  }

  private String notReadyReason(PodSeen pod, @Nullable NodeReport report, int node) {
    if (report != null) {
      return !report.why().isEmpty()
          ? report.why()
          : pod.ready() ? "says that it is not ready" : pod.why();
    }
    Unreachable failure = unreachable.get(node);
    if (failure == null) {
      return pod.ready() ? "was not asked" : pod.why();
    }
    return pod.ready() ? failure.why() : pod.why() + ", and " + failure.why();
  }

  /** What nodes say of logs that they have damaged, for people. */
  public Stream<String> damages(IntStream nodes) {
    return nodes.filter(node -> isDamaged(report(node))).mapToObj(this::notReadyReason);
  }

  private static boolean isDamaged(@Nullable NodeReport report) {
    return report != null && report.why().contains(DAMAGED);
  }

  /** What is wrong with nodes, for people. */
  public Stream<String> notReadyReasons(IntStream nodes) {
    return nodes.filter(node -> !isReady(node)).mapToObj(this::notReadyReason);
  }
}
