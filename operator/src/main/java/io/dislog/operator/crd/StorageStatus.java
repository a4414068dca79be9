package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The volume of the fullest node. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StorageStatus(
    @JsonPropertyDescription("Capacity in bytes.") long capacityBytes,
    @JsonPropertyDescription("Bytes in use, including what the file system reserves for itself.")
        long usedBytes,
    @JsonPropertyDescription("The bytes in use in a readable unit, such as 40Mi.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String used) {

  /** As a node says it, without the words for people. */
  public StorageStatus(long capacityBytes, long usedBytes) {
    this(capacityBytes, usedBytes, null);
  }
}
