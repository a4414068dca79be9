package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The volume of the fullest node. */
public record StorageStatus(
    @JsonPropertyDescription("Bytes that it can hold.") long capacityBytes,
    @JsonPropertyDescription("Bytes that can't be used any more.") long usedBytes) {}
