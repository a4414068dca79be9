package io.dislog.access.node;

/**
 * What one node asks of another one. Immutable.
 *
 * @param target path and query, as they are in the request line
 * @param mark for whom the node asks; empty where it asks for itself
 */
public record NodeRequest(String method, String target, String mark) {}
