package io.dislog.history;

/** The ways in which a history can be wrong. */
public enum Kind {
  /** Acknowledged records are not there, though nobody had them trimmed. */
  LOST,
  /** A record's bytes or time are not what they were. */
  CHANGED,
  /** A record that was appended once stands twice. */
  DOUBLED,
  /** A record of a producer that numbers its requests stands twice, or got two places. */
  PRODUCER_DUPLICATE,
  /** A producer that counted right was told that it had not. */
  PRODUCER_REFUSED,
  /** A record stands before what was there before it came, or not where it was said to stand. */
  REORDERED,
  /** A reader was shown what did not stay. */
  UNCOMMITTED_SHOWN,
  /** An offset was seen with two values. */
  TWO_VALUES,
  /** A record's time lies before its predecessor's. */
  TIME_BACK,
  /** A part of a batch was there without the rest. */
  TORN,
  /** A fresh read missed what was there before it began. */
  STALE,
  /** Offsets are missing between those of an answer, or of a log. */
  HOLE,
  /** A record that nobody had sent. */
  FROM_NOWHERE,
  /** An append was bound to an end offset, and taken at another. */
  CONDITION_BROKEN,
  /** What was refused was done. */
  REFUSED_BUT_DONE,
  /** A value that nobody can have written, or whose time was over. */
  REGISTER_WRONG,
  /** The earliest offset went back, or did not go where it was said to be. */
  TRIM_UNDONE,
  /** The earliest offset went further than anybody asked. */
  TRIM_UNASKED,
  /** A log that was closed was open afterwards, or took more. */
  OPENED_AGAIN,
  /** A log was closed though nobody had asked for it. */
  CLOSED_UNASKED,
  /** A fork has not what its source had below the offset at which it was forked. */
  FORK_DIFFERS,
  /** Two nodes show different logs when all is over. */
  NODES_DIFFER
}
