package io.dislog.operator.crd;

/**
 * The volume of the fullest node.
 *
 * @param capacityBytes that it can hold
 * @param usedBytes that can't be used any more
 */
public record StorageStatus(long capacityBytes, long usedBytes) {}
