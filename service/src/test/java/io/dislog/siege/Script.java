package io.dislog.siege;

import org.jspecify.annotations.Nullable;

/** What the connections of a troop send, piece by piece. */
interface Script {

  /**
   * The next piece, or null where there is no more to send.
   *
   * @param connection which of the troop it is, from 0 on
   * @param piece how many this connection has sent
   * @param total how many all connections of the troop have sent
   */
  byte @Nullable [] next(int connection, int piece, long total);

  /** The same piece again and again. */
  static Script repeat(byte[] piece, int times) {
    return (connection, number, total) -> number < times ? piece : null;
  }

  /** One piece, and another one again and again. */
  static Script first(byte[] head, byte[] then, int times) {
    return (connection, number, total) -> number == 0 ? head : number <= times ? then : null;
  }

  /** Nothing at all. */
  static Script silence() {
    return (connection, number, total) -> null;
  }
}
