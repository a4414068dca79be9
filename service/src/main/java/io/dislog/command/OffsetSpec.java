package io.dislog.command;

/** A place in a log, as a client names it. */
public sealed interface OffsetSpec {

  /** The earliest record that the log still has. */
  record Earliest() implements OffsetSpec {}

  /** The end: what is appended from now on. */
  record Latest() implements OffsetSpec {}

  /**
   * A number.
   *
   * @param offset 0 or more
   */
  record At(long offset) implements OffsetSpec {}
}
