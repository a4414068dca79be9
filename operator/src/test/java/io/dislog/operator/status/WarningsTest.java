package io.dislog.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.observation.PodSeen;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import org.junit.jupiter.api.Test;

/** Which warning is told of a pod. */
final class WarningsTest {

  private static final PodSeen WITHOUT_MACHINE = pod(false);
  private static final PodSeen WITH_MACHINE = pod(true);

  private final Event unschedulable = warning("FailedScheduling", "0/1 nodes are available");
  private final Event backOff = warning("BackOff", "Back-off restarting failed container");
  private final Event unmountable = warning("FailedMount", "no such volume");

  @Test
  void whatNamesACauseIsToldRatherThanThatSomethingIsTriedAgain() {
    assertThat(weight(unmountable, WITH_MACHINE)).isGreaterThan(weight(backOff, WITH_MACHINE));
    assertThat(weight(unschedulable, WITHOUT_MACHINE))
        .isGreaterThan(weight(backOff, WITHOUT_MACHINE));
  }

  @Test
  void whatKeptAPodFromAMachineIsToldLastOnceItHasOne() {
    assertThat(weight(unschedulable, WITH_MACHINE)).isLessThan(weight(backOff, WITH_MACHINE));
  }

  private static int weight(Event event, PodSeen pod) {
    return Warnings.weight(event, pod);
  }

  private static PodSeen pod(boolean scheduled) {
    return new PodSeen("uid", true, false, true, scheduled, false, "ContainerCreating");
  }

  private static Event warning(String reason, String message) {
    return new EventBuilder().withReason(reason).withMessage(message).build();
  }
}
