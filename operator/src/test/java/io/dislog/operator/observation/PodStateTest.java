package io.dislog.operator.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PodStateTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void aReadyPodIsWell() {
    PodSeen seen = PodState.of(pod("True", "2026-01-01T11:00:00Z"), "r1", NOON);
    assertThat(seen.ready()).isTrue();
    assertThat(seen.broken()).isFalse();
    assertThat(seen.current()).isTrue();
  }

  @Test
  void aPodOfAnotherRevisionIsNotCurrent() {
    Pod pod = pod("True", "2026-01-01T11:00:00Z");
    assertThat(PodState.of(pod, "r2", NOON).current()).isFalse();
    assertThat(PodState.of(pod, null, NOON).current()).isFalse();
  }

  @Test
  void aPodThatStartsIsNotBrokenYet() {
    assertThat(PodState.of(pod("False", "2026-01-01T11:59:00Z"), "r1", NOON).broken()).isFalse();
  }

  @Test
  void aPodThatIsNotReadyForLongIsBroken() {
    assertThat(PodState.of(pod("False", "2026-01-01T11:50:00Z"), "r1", NOON).broken()).isTrue();
  }

  @Test
  void aPodWhoseImageIsNotFoundIsBrokenAtOnce() {
    Pod pod =
        new PodBuilder(pod("False", "2026-01-01T11:59:59Z"))
            .editStatus()
            .addNewContainerStatus()
            .withNewState()
            .withNewWaiting("not found", "ImagePullBackOff")
            .endState()
            .endContainerStatus()
            .endStatus()
            .build();
    PodSeen seen = PodState.of(pod, "r1", NOON);
    assertThat(seen.broken()).isTrue();
    assertThat(seen.why()).isEqualTo("ImagePullBackOff");
  }

  @Test
  void aPodWithoutAProcessIsBrokenAtOnce() {
    assertThat(PodState.of(withContainer("dislog", null), "r1", NOON).broken()).isFalse();
    assertThat(PodState.of(withContainer("dislog", "PodInitializing"), "r1", NOON).broken())
        .isTrue();
    assertThat(PodState.of(withContainer("sidecar", "PodInitializing"), "r1", NOON).broken())
        .as("which says nothing of the node's")
        .isFalse();
    Pod pending = pod("False", "2026-01-01T11:59:59Z");
    pending.getStatus().setPhase("Pending");
    assertThat(PodState.of(pending, "r1", NOON).broken()).isTrue();
  }

  /** Between two ends it runs, and only how it ended says what is wrong. */
  @Test
  void aPodThatIsKilledForItsMemorySaysSoWhileItRunsAgain() {
    Pod pod =
        new PodBuilder(withContainer("dislog", null))
            .editStatus()
            .editFirstContainerStatus()
            .withNewLastState()
            .withNewTerminated()
            .withReason("OOMKilled")
            .withExitCode(137)
            .endTerminated()
            .endLastState()
            .endContainerStatus()
            .endStatus()
            .build();
    assertThat(PodState.of(pod, "r1", NOON).why())
        .isEqualTo(
            "is not ready after OOMKilled, exit code 137:"
                + " it needs more memory than resources.limits.memory");
  }

  private static Pod withContainer(String name, @Nullable String waiting) {
    ContainerState state = new ContainerState();
    if (waiting == null) {
      state.setRunning(new ContainerStateRunning());
    } else {
      state.setWaiting(new ContainerStateWaiting(null, waiting));
    }
    return new PodBuilder(pod("False", "2026-01-01T11:59:59Z"))
        .editStatus()
        .addNewContainerStatus()
        .withName(name)
        .withState(state)
        .endContainerStatus()
        .endStatus()
        .build();
  }

  @Test
  void aPodWithoutAMachineSaysWhy() {
    Pod pod =
        new PodBuilder(pod("False", "2026-01-01T11:59:59Z"))
            .editStatus()
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("False")
            .withMessage("0/3 nodes are available")
            .endCondition()
            .endStatus()
            .build();
    assertThat(PodState.of(pod, "r1", NOON).why())
        .isEqualTo("is not scheduled: 0/3 nodes are available");
  }

  private static Pod pod(String ready, String since) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("demo-0")
        .withUid("uid")
        .withCreationTimestamp(since)
        .addToLabels("controller-revision-hash", "r1")
        .endMetadata()
        .withNewStatus()
        .withPhase("Running")
        .addNewCondition()
        .withType("Ready")
        .withStatus(ready)
        .withLastTransitionTime(since)
        .endCondition()
        .endStatus()
        .build();
  }
}
