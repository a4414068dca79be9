package io.dislog.operator.status;

import io.dislog.operator.observation.Situation;
import java.util.List;
import java.util.stream.Collectors;

/** Tells of claims that are being deleted, before their pods' ends take the data. Stateless. */
public final class LeavingClaims {

  public static final String REASON = "ClaimBeingDeleted";

  private LeavingClaims() {}

  /** Of a claim that is being deleted no VolumeSnapshot can be taken any more. */
  private static String keeping(String claims) {
    return "for each claim, %s, kubectl patch pv $(kubectl get pvc CLAIM -o jsonpath={.spec.volumeName}) -p '{\"spec\":{\"persistentVolumeReclaimPolicy\":\"Retain\"}}'"
        .formatted(claims);
  }

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
                + " others are well"
            : what
                + ", and no other nodes have all records. The operator does not end the pod. Keep"
                + " the volume: %s; or set spec.replicas to 3 and wait until the cluster is Ready:"
                    .formatted(keeping(claims))
                + " the operator then replaces the node");
  }
}
