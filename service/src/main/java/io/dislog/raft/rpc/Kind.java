package io.dislog.raft.rpc;

import org.jspecify.annotations.Nullable;

/**
 * What nodes ask each other over the raft port, in Ratis' messages where there are some. The
 * numbers are part of the protocol, and a node refuses those that it doesn't know.
 */
enum Kind {
  /** Append entries; on a connection of their own, in their order. */
  ENTRIES(16),
  /** Append no entries; keeps a leader in its place, and tells what is committed. */
  HEARTBEAT(17),
  VOTE(18),
  /** Stand for election, since the leader hands over. */
  STAND(19),
  /** Fetch the state, since the leader has not all entries any more. */
  FETCH(20),
  /** A question to a shard: u64 u64 group, the question in UTF-8. */
  ASK(21),
  /** The groups that the node takes part in; the answer is u64 u64 for each. */
  GROUPS(22),
  /** Add or remove a group. */
  MANAGE(23),
  /** Make these a group's members. */
  MEMBERS(24),
  /** Hand over to another member. */
  TRANSFER(25);

  private static final Kind[] ALL = values();

  private final int number;

  Kind(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static @Nullable Kind of(int number) {
    int index = number - ALL[0].number;
    return index >= 0 && index < ALL.length ? ALL[index] : null;
  }
}
