package io.dislog.operator.status;

import io.dislog.operator.crd.DislogClusterStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** When to look at a cluster again, if nothing is heard of it before. Stateless. */
public final class Pace {

  /** What the nodes say is not told by events: settings changed by hand, a volume that fills up. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  private static final Duration WATCHFUL = Duration.ofSeconds(10);
  private static final Duration BUSY = Duration.ofSeconds(2);

  /** After which something that waits will hardly be over in seconds. */
  private static final Duration LONG = Duration.ofMinutes(10);

  private Pace() {}

  public static Duration after(Outcome outcome, DislogClusterStatus status, Instant now) {
    if (outcome.isQuiet()) {
      return outcome.sync().isNearlyFull() ? WATCHFUL : IDLE;
    }
    if (outcome.plan().step() != null && outcome.undone().isEmpty()) {
      return BUSY; // The next step may follow at once.
    }
    boolean isNews =
        (outcome.isProgressing() && isNews(status, Conditions.PROGRESSING, now))
            || (outcome.sync().isWaiting() && isNews(status, Conditions.RETENTION_APPLIED, now));
    return isNews ? BUSY : outcome.plan().step() == null ? IDLE : WATCHFUL;
  }

  /** Whether what a condition says has not been so for long. */
  private static boolean isNews(DislogClusterStatus status, String type, Instant now) {
    return Conditions.find(
            Objects.requireNonNullElse(status.conditions(), List.<Condition>of()), type)
        .map(found -> !Instant.parse(found.getLastTransitionTime()).plus(LONG).isBefore(now))
        .orElse(true);
  }
}
