package io.dislog.operator;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is wrong with the pods of some image, where Kubernetes is played. */
enum Ailment {
  /** The image does not exist. */
  NO_IMAGE("ImagePullBackOff", "Failed: Failed to pull image \"dislog:no-image\": not found"),
  /** Its process ends at once: by the image, by a property, or for want of memory. */
  CRASH("CrashLoopBackOff", "BackOff: Back-off restarting failed container dislog"),
  /** No machine has what it asks for, or its claim gets no volume. */
  NO_MACHINE(null, "FailedScheduling: 0/1 nodes are available: 1 Insufficient memory"),
  /** There may be no such pod. */
  NO_QUOTA(null, "exceeded quota: compute"),
  /** It takes part, and the kubelet finds it well, but its API does not listen. */
  DEAF(null, "does not answer");

  private final @Nullable String waiting;
  private final String told;

  Ailment(@Nullable String waiting, String told) {
    this.waiting = waiting;
    this.told = told;
  }

  /** An image whose pods have it. */
  String image() {
    return "dislog:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Ailment> of(String image) {
    return Arrays.stream(values()).filter(ailment -> ailment.image().equals(image)).findFirst();
  }

  /** What people are told of a pod that has it. */
  String told() {
    return told;
  }

  /** The state of its container, where there is one. */
  @Nullable ContainerState state() {
    return waiting == null
        ? null
        : new ContainerStateBuilder().withNewWaiting().withReason(waiting).endWaiting().build();
  }
}
