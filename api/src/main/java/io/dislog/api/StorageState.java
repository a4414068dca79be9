package io.dislog.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a node's volume is, from well to worse. */
public enum StorageState {
  OK,
  /** It is nearly full, or will be within seconds. */
  PRESSURE,
  /** No append is taken. */
  FULL;

  /** As the API names it. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
