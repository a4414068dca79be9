package io.dislog.bench.peer;

import java.io.IOException;

/** A system whose appends are measured, with a durability: Dislog or one of its peers. */
public interface Contender {

  /** Bytes of a record's value. */
  int VALUE_BYTES = 1 << 10;

  /** Records in a batch. */
  int BATCH_COUNT = 100;

  /** What it is called in a table: the system, its version, and what it promises of an append. */
  String name();

  /**
   * Starts it, and waits until it takes appends.
   *
   * @throws IOException with the reason in one line, where it can't be got or does not start
   */
  Running start(Site site) throws IOException;
}
