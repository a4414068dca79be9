package io.dislog.operator;

import java.util.List;
import java.util.stream.Collectors;

/** Tells of claims that are being deleted, before their pods' ends take the data. Stateless. */
final class LeavingClaims {

  static final String REASON = "ClaimBeingDeleted";

  private LeavingClaims() {}

  /** What is to be done about them, for people; nothing where there are none. */
  static List<String> told(Situation at) {
    if (at.leaving().isEmpty()) {
      return List.of();
    }
    String claims =
        at.leaving().stream()
            .sorted()
            .map(node -> "data-" + at.id(node))
            .collect(Collectors.joining(", "));
    String what =
        "somebody deletes %s: Kubernetes deletes the volume with all records on it as soon as the pod ends"
            .formatted(claims);
    return List.of(
        at.canMissAVolume()
            ? what
                + ". The other nodes have all records: the operator replaces the node once all"
                + " others are well. To keep the volume all the same, take a VolumeSnapshot now"
            : what
                + ", and no other nodes have all records. The operator does not end the pod. Take a"
                + " VolumeSnapshot of the claim now, or set spec.replicas to 3 and wait until the"
                + " cluster is Ready: the operator then replaces the node");
  }
}
