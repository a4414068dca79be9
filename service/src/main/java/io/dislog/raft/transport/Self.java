package io.dislog.raft.transport;

import java.util.function.Supplier;

/**
 * Who this node says it is.
 *
 * @param node its id
 * @param cluster the id of its cluster, or nothing as long as it knows of none; asked for each
 *     connection
 */
public record Self(String node, Supplier<String> cluster) {

  /** A node that knows of no cluster. */
  public static Self of(String node) {
    return new Self(node, () -> "");
  }
}
