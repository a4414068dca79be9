package io.dislog.operator.observation;

/**
 * That a node did not say how it is.
 *
 * @param why for people
 * @param isNodesWord whether it was heard otherwise, or nobody listens where it should; where not,
 *     the way to it may be at fault
 */
public record Unreachable(String why, boolean isNodesWord) {}
