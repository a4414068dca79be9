package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of volumes that no node uses any more. */
public enum VolumePolicy {
  /** They stay, with all that is on them. */
  @JsonProperty("Retain")
  RETAIN,
  /** They go, with all that is on them. */
  @JsonProperty("Delete")
  DELETE
}
