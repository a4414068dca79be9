package io.dislog.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The conditions of a resource, as they become: a condition that says what it said before keeps the
 * time since when it does. For one thread.
 */
public final class Conditions {

  public static final String READY = "Ready";
  public static final String PROGRESSING = "Progressing";
  public static final String RETENTION_APPLIED = "RetentionApplied";

  /** The reason of {@link #READY} where nodes have damaged logs, and all nodes are ready. */
  static final String DAMAGED = "LogsDamaged";

  static final String STORAGE_PRESSURE = "StoragePressure";
  public static final String RECONCILE_ERROR = "ReconcileError";

  /** What the API server takes, with room to spare. */
  private static final int MESSAGE_CHARACTERS = 4_000;

  private final List<Condition> before;
  private final long generation;
  private final Instant now;
  private final List<Condition> after = new ArrayList<>();

  /**
   * @param generation of the resource that is told of
   */
  Conditions(List<Condition> before, long generation, Instant now) {
    this.before = before;
    this.generation = generation;
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
  }

  Conditions with(String type, boolean isTrue, String reason, String message) {
    return with(type, isTrue ? "True" : "False", reason, message);
  }

  /** A condition of which nobody knows whether it holds. */
  Conditions unknown(String type, String reason, String message) {
    return with(type, "Unknown", reason, message);
  }

  /** Whether a condition was said to hold. */
  boolean was(String type) {
    return find(before, type).map(last -> last.getStatus().equals("True")).orElse(false);
  }

  /** What was said of this type is said on. */
  Conditions keep(String type) {
    find(before, type).ifPresent(after::add);
    return this;
  }

  private Conditions with(String type, String status, String reason, String message) {
    String since =
        find(before, type)
            .filter(last -> last.getStatus().equals(status))
            .map(Condition::getLastTransitionTime)
            .orElse(now.toString());
    after.add(
        new ConditionBuilder()
            .withType(type)
            .withStatus(status)
            .withReason(reason)
            .withMessage(
                message.length() <= MESSAGE_CHARACTERS
                    ? message
                    : message.substring(0, MESSAGE_CHARACTERS) + "…")
            .withObservedGeneration(generation)
            .withLastTransitionTime(since)
            .build());
    return this;
  }

  List<Condition> list() {
    return List.copyOf(after);
  }

  public static Optional<Condition> find(List<Condition> conditions, String type) {
    return conditions.stream().filter(condition -> condition.getType().equals(type)).findFirst();
  }
}
