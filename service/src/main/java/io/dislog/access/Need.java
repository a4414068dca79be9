package io.dislog.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a request asks of whoever sends it. */
public enum Need {
  /** To be anybody, with any credential, or without one where anything is allowed to everybody. */
  IDENTITY(null),
  READ(Right.READ),
  APPEND(Right.APPEND),
  CONSUME(Right.CONSUME),
  MANAGE(Right.MANAGE),
  ADMIN(Right.ADMIN),
  /** To be a node of the cluster: nobody else is ever answered. */
  NODE(null);

  private final @Nullable Right right;

  Need(@Nullable Right right) {
    this.right = right;
  }

  /** The right to the log in the path or, of admin, to everything; null where it is none. */
  public @Nullable Right right() {
    return right;
  }

  /** As refusals and metrics name it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
