package io.dislog.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.observation.PodSeen;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import org.junit.jupiter.api.Test;

/** Which warnings are told of a pod. */
final class WarningsTest {

  @Test
  void whatKeptAPodFromAMachineIsOverOnceItHasOne() {
    Event unschedulable = warning("FailedScheduling", "one");

    assertThat(Warnings.concerns(unschedulable, pod("one", false))).isTrue();
    assertThat(Warnings.concerns(unschedulable, pod("one", true))).isFalse();
    assertThat(Warnings.concerns(warning("FailedMount", "one"), pod("one", true))).isTrue();
  }

  @Test
  void whatWasWrongWithThePodThatHadTheNameBeforeIsNotToldOfThisOne() {
    assertThat(Warnings.concerns(warning("FailedMount", "one"), pod("two", true))).isFalse();
  }

  private static PodSeen pod(String uid, boolean scheduled) {
    return new PodSeen(uid, true, false, true, scheduled, false, "ContainerCreating");
  }

  private static Event warning(String reason, String uid) {
    return new EventBuilder()
        .withReason(reason)
        .withNewInvolvedObject()
        .withUid(uid)
        .endInvolvedObject()
        .build();
  }
}
