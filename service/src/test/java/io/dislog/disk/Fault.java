package io.dislog.disk;

/**
 * What shall go wrong on a {@link FaultyDisk}.
 *
 * @param at the first operation that it may hit, counted from 1
 * @param until the last one that finds no room, where it is {@link Kind#FULL}
 */
public record Fault(Kind kind, long at, long until) {

  /** A fault of one operation. */
  public static Fault of(Kind kind, long at) {
    return new Fault(kind, at, at);
  }

  /** What goes wrong. */
  public enum Kind {
    /** The operation fails; a write leaves a part of itself. */
    FAIL,
    /** The first operation that needs room finds none; a write leaves a part of itself. */
    FULL,
    /** The power goes while the operation is under way. */
    TEAR,
    /** The power goes before the operation. */
    CUT
  }

  /** How an operation ends. */
  enum Outcome {
    GOOD,
    FAILED,
    FULL,
    TORN,
    NO_POWER;

    static Outcome of(Kind kind) {
      return switch (kind) {
        case FAIL -> FAILED;
        case FULL -> FULL;
        case TEAR -> TORN;
        case CUT -> NO_POWER;
      };
    }
  }
}
