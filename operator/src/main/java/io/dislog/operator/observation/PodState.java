package io.dislog.operator.observation;

import io.dislog.operator.objects.Names;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what Kubernetes says of a pod. Stateless. */
final class PodState {

  private static final String REVISION = "controller-revision-hash";

  /** Waiting for these to end by themselves is in vain, nearly always. */
  private static final Set<String> HOPELESS =
      Set.of(
          "CrashLoopBackOff",
          "ImagePullBackOff",
          "ErrImagePull",
          "InvalidImageName",
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError");

  /** Why Kubernetes ended a container that used more memory than it may. */
  private static final String OUT_OF_MEMORY = "OOMKilled";

  private static final Set<String> WITHOUT_PROCESS = Set.of("Pending", "Failed", "Succeeded");

  /** As long as a start may take that ends well, nearly always. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private PodState() {}

  /**
   * @param revision that its StatefulSet says, or null where that is not known
   */
  static PodSeen of(Pod pod, @Nullable String revision, Instant now) {
    boolean ready = condition(pod, "Ready").map(PodState::isTrue).orElse(false);
    Optional<String> waiting =
        states(pod).map(PodState::reason).flatMap(Optional::stream).findFirst();
    boolean hopeless = waiting.map(HOPELESS::contains).orElse(false);
    return new PodSeen(
        pod.getMetadata().getUid(),
        revision != null && revision.equals(pod.getMetadata().getLabels().get(REVISION)),
        ready,
        !ready
            && (hopeless
                || isWithoutProcess(pod)
                || unreadySince(pod).plus(PATIENCE).isBefore(now)),
        unscheduled(pod).isEmpty(),
        pod.getMetadata().getDeletionTimestamp() != null,
        ready
            ? ""
            : waiting
                .map(why -> why + lastEnd(pod))
                .or(() -> unscheduled(pod))
                .orElseGet(() -> "is not ready" + lastEnd(pod)));
  }

  /** How its process ended the last time, of one that is started again and again. */
  private static String lastEnd(Pod pod) {
    return containers(pod)
        .flatMap(container -> Stream.ofNullable(container.getLastState()))
        .flatMap(state -> Stream.ofNullable(state.getTerminated()))
        .findFirst()
        .map(end ->
            " after %s, exit code %d%s"
                .formatted(
                    end.getReason(),
                    end.getExitCode(),
                    OUT_OF_MEMORY.equals(end.getReason())
                        ? ": it needs more memory than resources.limits.memory"
                        : ""))
        .orElse("");
  }

  /** Whether there is a process that may answer. */
  static boolean isRunning(Pod pod) {
    return pod.getStatus() != null && "Running".equals(pod.getStatus().getPhase());
  }

  /** Whether there surely is none; another container's end says nothing of the node's. */
  private static boolean isWithoutProcess(Pod pod) {
    if (pod.getStatus() == null) {
      return false;
    }
    String phase = Objects.requireNonNullElse(pod.getStatus().getPhase(), "");
    return WITHOUT_PROCESS.contains(phase)
        || pod.getStatus().getContainerStatuses().stream()
            .filter(container -> Names.CONTAINER.equals(container.getName()))
            .flatMap(container -> Stream.ofNullable(container.getState()))
            .anyMatch(state -> state.getWaiting() != null || state.getTerminated() != null);
  }

  private static Stream<ContainerState> states(Pod pod) {
    return containers(pod).flatMap(container -> Stream.ofNullable(container.getState()));
  }

  private static Stream<ContainerStatus> containers(Pod pod) {
    return pod.getStatus() == null
        ? Stream.empty()
        : pod.getStatus().getContainerStatuses().stream();
  }

  private static Optional<String> reason(ContainerState state) {
    return state.getWaiting() != null
        ? Optional.ofNullable(state.getWaiting().getReason())
        : state.getTerminated() != null
            ? Optional.ofNullable(state.getTerminated().getReason())
            : Optional.empty();
  }

  private static Optional<String> unscheduled(Pod pod) {
    return condition(pod, "PodScheduled")
        .filter(scheduled -> !isTrue(scheduled))
        .map(scheduled -> "is not scheduled: " + scheduled.getMessage());
  }

  private static Instant unreadySince(Pod pod) {
    String since =
        condition(pod, "Ready")
            .map(PodCondition::getLastTransitionTime)
            .orElse(pod.getMetadata().getCreationTimestamp());
    return Instant.parse(since);
  }

  private static Optional<PodCondition> condition(Pod pod, String type) {
    List<PodCondition> conditions =
        pod.getStatus() == null ? List.of() : pod.getStatus().getConditions();
    return conditions.stream().filter(condition -> condition.getType().equals(type)).findFirst();
  }

  private static boolean isTrue(PodCondition condition) {
    return "True".equals(condition.getStatus());
  }
}
