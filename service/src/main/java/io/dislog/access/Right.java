package io.dislog.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a rule can allow: to a log or, as {@link #ADMIN}, to the whole service. */
public enum Right {
  READ,
  APPEND,
  CONSUME,
  MANAGE,
  ADMIN;

  /** The right of a name, or null where there is none. */
  static @Nullable Right of(String text) {
    for (Right right : values()) {
      if (right.text().equals(text)) {
        return right;
      }
    }
    return null;
  }

  /** As rules and refusals name it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
