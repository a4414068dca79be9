package io.dislog.operator.status;

import io.dislog.operator.observation.Observation;
import java.util.List;

/**
 * A reconciliation did not bring about all that it should; what is well was looked after all the
 * same. It ends in this exception so that the framework counts a failure and tries again.
 */
public final class Unapplied extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Observation seen;
  private final transient Outcome outcome;
  private final transient List<RuntimeException> failures;

  public Unapplied(Observation seen, Outcome outcome, List<RuntimeException> failures) {
    super(Failures.told(failures));
    this.seen = seen;
    this.outcome = outcome;
    this.failures = List.copyOf(failures);
    failures.forEach(this::addSuppressed);
  }

  Observation seen() {
    return seen;
  }

  /** What was found and done in spite of it. */
  Outcome outcome() {
    return outcome;
  }

  List<RuntimeException> failures() {
    return failures;
  }
}
