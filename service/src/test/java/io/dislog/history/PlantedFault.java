package io.dislog.history;

import java.util.function.Predicate;

/** A fault that is planted into a story that was right, and what must be found. */
enum PlantedFault {
  LOSES_AN_ACKNOWLEDGED_APPEND(Kind.LOST, LogFaults::losesAnAcknowledgedAppend),
  LOSES_THE_END(Kind.LOST, LogFaults::losesTheEnd),
  FLIPS_A_BYTE(Kind.CHANGED, LogFaults::flipsAByte),
  CHANGES_A_TIME(Kind.CHANGED, LogFaults::changesATime),
  APPENDS_TWICE(Kind.DOUBLED, LogFaults::appendsTwice),
  APPENDS_A_REPEAT(Kind.PRODUCER_DUPLICATE, LogFaults::appendsARepeat),
  ANSWERS_A_REPEAT_WITH_ANOTHER_PLACE(
      Kind.PRODUCER_DUPLICATE, LogFaults::answersARepeatWithAnotherPlace),
  FORGETS_A_PRODUCER(Kind.PRODUCER_REFUSED, LogFaults::forgetsAProducer),
  SWAPS_TWO_APPENDS(Kind.REORDERED, LogFaults::swapsTwoAppends),
  APPENDS_INTO_THE_PAST(Kind.REORDERED, LogFaults::appendsIntoThePast),
  SHOWS_WHAT_DOES_NOT_STAY(Kind.UNCOMMITTED_SHOWN, ViewFaults::showsWhatDoesNotStay),
  SHOWS_TWO_VALUES_AT_AN_OFFSET(Kind.TWO_VALUES, ViewFaults::showsTwoValuesAtAnOffset),
  LETS_TIME_GO_BACK(Kind.TIME_BACK, LogFaults::letsTimeGoBack),
  TEARS_A_BATCH(Kind.TORN, LogFaults::tearsABatch),
  SHOWS_HALF_A_BATCH(Kind.TORN, ViewFaults::showsHalfABatch),
  READS_THE_PAST(Kind.STALE, ViewFaults::readsThePast),
  SAYS_TOO_EARLY_THAT_NOTHING_IS_THERE(Kind.STALE, ViewFaults::saysTooEarlyThatNothingIsThere),
  LEAVES_A_RECORD_OUT(Kind.HOLE, ViewFaults::leavesARecordOut),
  SHOWS_WHAT_NOBODY_SENT(Kind.FROM_NOWHERE, LogFaults::showsWhatNobodySent),
  TAKES_AT_ANOTHER_END(Kind.CONDITION_BROKEN, LogFaults::takesAtAnotherEnd),
  DOES_WHAT_IT_REFUSED(Kind.REFUSED_BUT_DONE, LogFaults::doesWhatItRefused),
  LOSES_A_WRITE(Kind.REGISTER_WRONG, ViewFaults::losesAWrite),
  FORGETS_A_REGISTER(Kind.REGISTER_WRONG, ViewFaults::forgetsARegister),
  INVENTS_A_VALUE(Kind.REGISTER_WRONG, ViewFaults::inventsAValue),
  UNDOES_A_TRIM(Kind.TRIM_UNDONE, ViewFaults::undoesATrim),
  SHOWS_WHAT_WAS_TRIMMED(Kind.TRIM_UNDONE, ViewFaults::showsWhatWasTrimmed),
  TRIMS_UNASKED(Kind.TRIM_UNASKED, ViewFaults::trimsUnasked),
  LEAVES_AN_OFFSET_OUT(Kind.HOLE, LogFaults::leavesAnOffsetOut),
  ENDS_TOO_SOON(Kind.HOLE, LogFaults::endsTooSoon),
  SHOWS_A_FLIPPED_BYTE(Kind.CHANGED, ViewFaults::showsAFlippedByte),
  SHOWS_ANOTHER_TIME(Kind.CHANGED, ViewFaults::showsAnotherTime),
  SHOWS_WHAT_NOBODY_SENT_YET(Kind.FROM_NOWHERE, ViewFaults::showsWhatNobodySentYet),
  SHOWS_TOO_FAR_AN_END(Kind.UNCOMMITTED_SHOWN, ViewFaults::showsTooFarAnEnd),
  FORGETS_THAT_IT_IS_CLOSED(Kind.OPENED_AGAIN, CloseFaults::forgetsThatItIsClosed),
  TAKES_MORE_AFTER_ITS_END(Kind.OPENED_AGAIN, CloseFaults::takesMoreAfterItsEnd),
  MOVES_ITS_END(Kind.OPENED_AGAIN, CloseFaults::movesItsEnd),
  SHOWS_IT_OPEN_AGAIN(Kind.OPENED_AGAIN, CloseFaults::showsItOpenAgain),
  CLOSES_UNASKED(Kind.CLOSED_UNASKED, CloseFaults::closesUnasked),
  SHOWS_IT_CLOSED_UNASKED(Kind.CLOSED_UNASKED, CloseFaults::showsItClosedUnasked),
  TAKES_THE_LAST_WITHOUT_CLOSING(Kind.TORN, CloseFaults::takesTheLastWithoutClosing),
  CLOSES_WITHOUT_THE_LAST(Kind.TORN, CloseFaults::closesWithoutTheLast),
  LOSES_WHAT_IT_SAID_IS_THERE(Kind.LOST, CloseFaults::losesWhatItSaidIsThere),
  SKIPS_ON_THE_WAY(Kind.HOLE, CloseFaults::skipsOnTheWay),
  REPEATS_ON_THE_WAY(Kind.DOUBLED, CloseFaults::repeatsOnTheWay),
  FORKS_SOMETHING_ELSE(Kind.FORK_DIFFERS, CloseFaults::forksSomethingElse),
  FORKS_TOO_LITTLE(Kind.FORK_DIFFERS, CloseFaults::forksTooLittle),
  FORKS_TOO_MUCH(Kind.FROM_NOWHERE, CloseFaults::forksTooMuch);

  private final Kind kind;

  @SuppressWarnings("ImmutableEnumChecker") // References to methods, which hold nothing.
  private final Predicate<RandomHistory> planted;

  PlantedFault(Kind kind, Predicate<RandomHistory> planted) {
    this.kind = kind;
    this.planted = planted;
  }

  Kind kind() {
    return kind;
  }

  /** Plants it, and says whether the story had a place for it. */
  boolean into(RandomHistory history) {
    return planted.test(history);
  }
}
