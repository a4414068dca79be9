package io.dislog.operator.status;

import io.dislog.operator.claims.ClaimGrowth;
import io.dislog.operator.observation.Situation;
import io.dislog.operator.plan.Plan;
import io.dislog.operator.sync.SyncResult;
import java.util.List;
import java.util.Optional;

/**
 * What a reconciliation found and did.
 *
 * @param at where the cluster stands
 * @param plan what is to be done next
 * @param undone why the plan's step is not done yet, for people
 * @param growth of the claims
 * @param sync of the running service
 */
public record Outcome(
    Situation at, Plan plan, Optional<String> undone, ClaimGrowth growth, SyncResult sync) {

  /** Where nothing was to be done. */
  public static Outcome paused(Situation at, SyncResult sync) {
    Plan plan = new Plan(null, "Paused", "the operator changes nothing while spec.paused is true");
    return new Outcome(at, plan, Optional.empty(), ClaimGrowth.NONE, sync);
  }

  /** Whether there is nothing to do or to wait for, as far as the operator is concerned. */
  boolean isQuiet() {
    return plan.step() == null && !isProgressing() && !sync.isWaiting();
  }

  /** Whether something is on its way to what the resource says. */
  boolean isProgressing() {
    return !plan.reason().equals("Paused") && (!plan.isSettled() || !growth.growing().isEmpty());
  }

  String reason() {
    return plan.isSettled() && isProgressing() ? "GrowingVolumes" : plan.reason();
  }

  String message() {
    if (plan.isSettled() && isProgressing()) {
      return told(growth.growing());
    }
    return undone
        .map(why -> "%s; not yet: %s".formatted(plan.message(), why))
        .orElse(plan.message());
  }

  static String told(List<String> all) {
    return String.join("; ", all);
  }
}
