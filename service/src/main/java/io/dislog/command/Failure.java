package io.dislog.command;

import java.util.concurrent.CompletionException;

/** Why a stage failed: one that depends on another wraps what that one failed with. Stateless. */
public final class Failure {

  private Failure() {}

  /** What is wrapped, or the failure itself. */
  public static Throwable cause(Throwable failure) {
    Throwable why = failure;
    while (why instanceof CompletionException wrapped && wrapped.getCause() != null) {
      why = wrapped.getCause();
    }
    return why;
  }
}
