package io.dislog.operator.status;

import io.dislog.operator.crd.DislogCluster;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** That clients' tokens cross the network as they are, where they do. Stateless. */
final class ReadableTokens {

  /** The reason of the event that tells of it. */
  static final String REASON = "TokensReadable";

  static final String MESSAGE =
      "spec.auth is without spec.tls.api: whoever reads the network can take clients' tokens and use"
          + " them";

  private ReadableTokens() {}

  /** What is said of a cluster's readiness, with a warning where one is due. */
  static String warned(DislogCluster cluster, String message) {
    return cluster.getSpec().auth() == null ? message : message + "; " + MESSAGE;
  }

  static boolean areTold(List<Condition> conditions) {
    return Conditions.find(conditions, Conditions.READY)
        .filter(ready -> ready.getMessage().endsWith(MESSAGE))
        .isPresent();
  }
}
