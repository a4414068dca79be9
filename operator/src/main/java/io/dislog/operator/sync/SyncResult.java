package io.dislog.operator.sync;

import io.dislog.operator.crd.FiniteLogStatus;
import io.dislog.operator.crd.LogStatus;
import io.dislog.operator.crd.RetentionStatus;
import io.dislog.operator.node.SettingsOutcome;
import io.dislog.operator.node.Volume;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was seen and done within the running service. What is empty or null was not looked at, or
 * nobody answered.
 *
 * @param settings what came of bringing them
 * @param fullest volume of all nodes
 * @param relief what fills that volume, where it is nearly full
 * @param warning why it may be full before retention acts, for people
 * @param finiteLogs as far as they were created or have expired
 */
public record SyncResult(
    Optional<SettingsOutcome> settings,
    Optional<Volume> fullest,
    Optional<String> relief,
    Optional<String> warning,
    @Nullable RetentionStatus retention,
    @Nullable List<LogStatus> logs,
    List<FiniteLogStatus> finiteLogs) {

  private static final int WATCHED_PERCENT = 80;

  /** Whether a volume may be full before somebody looks again. */
  public boolean isNearlyFull() {
    return fullest.map(volume -> volume.percent() >= WATCHED_PERCENT).orElse(false);
  }

  public boolean isUnderPressure() {
    return fullest.map(Volume::isUnderPressure).orElse(false);
  }

  /** Whether something is not in force that may be soon. */
  public boolean isWaiting() {
    return settings.map(outcome -> !outcome.isApplied() && !outcome.isRefused()).orElse(false);
  }
}
