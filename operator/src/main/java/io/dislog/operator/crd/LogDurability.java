package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an append has reached when it is answered. */
public enum LogDurability {
  /** Stable storage of a quorum. */
  @JsonProperty("fsync")
  FSYNC,
  /** The operating system's cache on a quorum. */
  @JsonProperty("buffered")
  BUFFERED
}
