package io.dislog.operator.plan;

/** One thing to do to a running cluster. Each may be done twice: what is so already stays so. */
public sealed interface Step {

  /** Ordinal of the node that something is done to. */
  int node();

  /**
   * Makes a node a member of all shards.
   *
   * @param empty whether it says that it has nothing, though it may be a member
   */
  record Add(int node, boolean empty) implements Step {}

  /** Takes a node out of all shards. */
  record Remove(int node) implements Step {}

  /**
   * Has a pod made anew, as its StatefulSet now says.
   *
   * @param uid of the pod that is meant, and not of one that has taken its place meanwhile
   */
  record Replace(int node, String uid) implements Step {}
}
