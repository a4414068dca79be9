package io.dislog.operator.objects;

/** How many nodes decide. Stateless. */
public final class Quorum {

  private Quorum() {}

  /** The fewest of so many nodes that can decide anything. */
  public static int of(int nodes) {
    return nodes / 2 + 1;
  }

  /** Whether one of so many nodes can be missed. */
  public static boolean canMissOne(int nodes) {
    return of(nodes) < nodes;
  }
}
