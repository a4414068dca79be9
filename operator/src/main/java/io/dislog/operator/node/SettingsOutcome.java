package io.dislog.operator.node;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What came of bringing a resource's settings to the service.
 *
 * @param changed what was not so before, a phrase each; empty where nothing differed
 * @param failures what is still not so
 */
public record SettingsOutcome(List<String> changed, List<Failure> failures) {

  public SettingsOutcome {
    changed = List.copyOf(changed);
    failures = List.copyOf(failures);
  }

  /** Whether all that the resource says is in force. */
  public boolean isApplied() {
    return failures.isEmpty();
  }

  /** Whether something is not so that no waiting will change: the resource itself must change. */
  public boolean isRefused() {
    return failures.stream().anyMatch(failure -> !failure.retryable());
  }

  /** All failures for people, those first that nobody but the resource's owner can end. */
  public String message() {
    return failures.stream()
        .sorted((one, other) -> Boolean.compare(one.retryable(), other.retryable()))
        .map(failure -> failure.what() + ": " + failure.why())
        .collect(Collectors.joining("; "));
  }

  /**
   * Something that is not as the resource says.
   *
   * @param what {@code log orders}, {@code the defaults}, {@code node demo-0}
   * @param why not
   * @param retryable whether it may become so by itself
   */
  public record Failure(String what, String why, boolean retryable) {}
}
