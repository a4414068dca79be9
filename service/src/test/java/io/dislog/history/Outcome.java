package io.dislog.history;

/** What came of a call that changes something. */
public sealed interface Outcome {

  /**
   * Appended, and said to have been.
   *
   * @param time or {@link Entry#UNTOLD}
   */
  record At(long base, long time) implements Outcome {}

  /** Done, and said to have been; an append at a place that was not said. */
  record Done() implements Outcome {}

  /**
   * Said not to have been done, and not to be done later.
   *
   * @param problem its type
   */
  record Refused(String problem) implements Outcome {}

  /** Without an answer that says whether it was done, is done later, or never. */
  record Unknown() implements Outcome {}
}
