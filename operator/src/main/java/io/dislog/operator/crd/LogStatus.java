package io.dislog.operator.crd;

/**
 * A log as it was last seen.
 *
 * @param earliestOffset of the first record that is kept
 * @param endOffset that the next record will get
 * @param bytes of stores and indexes, on one node
 * @param segments of them
 */
public record LogStatus(
    String name, long earliestOffset, long endOffset, long bytes, int segments) {}
