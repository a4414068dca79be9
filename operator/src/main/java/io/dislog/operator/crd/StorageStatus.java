package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The volume of the fullest node. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StorageStatus(
    @JsonPropertyDescription("Bytes that it can hold.") long capacityBytes,
    @JsonPropertyDescription(
            "Bytes that can't be used any more; what the file system keeps for itself is among them.")
        long usedBytes,
    @JsonPropertyDescription("The same for people, such as 40Mi.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String used) {

  /** As a node says it, without the words for people. */
  public StorageStatus(long capacityBytes, long usedBytes) {
    this(capacityBytes, usedBytes, null);
  }
}
