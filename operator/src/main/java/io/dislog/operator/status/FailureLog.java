package io.dislog.operator.status;

import io.dislog.operator.crd.DislogClusterStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Logs a failure in words, when it first happens and not at each attempt. Stateless. */
public final class FailureLog {

  private static final Logger LOG = Logger.getLogger(FailureLog.class);

  private FailureLog() {}

  /** Notes what a status says that the one before did not. */
  public static void note(
      DislogClusterStatus before, DislogClusterStatus after, Exception failure) {
    Optional<String> said = message(after);
    if (said.isEmpty() || said.equals(message(before))) {
      return;
    }
    if (Failures.isOfTerminatingNamespace(failure)) {
      LOG.info(said.get());
    } else if (Failures.isFault(failure)) {
      LOG.error(said.get(), failure);
    } else {
      LOG.warn(said.get());
      LOG.debug("This is how it came about", failure);
    }
  }

  private static Optional<String> message(DislogClusterStatus status) {
    return Conditions.find(
            Objects.requireNonNullElse(status.conditions(), List.<Condition>of()),
            Conditions.RECONCILE_ERROR)
        .map(Condition::getMessage);
  }
}
