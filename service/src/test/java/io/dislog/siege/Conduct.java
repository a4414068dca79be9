package io.dislog.siege;

/**
 * How a troop of connections behaves.
 *
 * @param connections that it has open at once
 * @param connectsPerSecond at most, those included that replace closed ones
 * @param script what each sends
 * @param inTurn whether a piece waits for the answer to the one before
 * @param pauseMillis between two pieces of a connection
 * @param readsPerSecond bytes that each reads of what comes
 * @param abortAfter bytes have come, or 0 for never
 * @param atEnd what a connection does that has nothing more to send
 */
record Conduct(
    int connections,
    int connectsPerSecond,
    Script script,
    boolean inTurn,
    int pauseMillis,
    int readsPerSecond,
    int abortAfter,
    AtEnd atEnd) {

  static final int READS_ALL = Integer.MAX_VALUE;
  static final int READS_NOTHING = 0;

  /** What comes after the script. */
  enum AtEnd {
    /** The connection stays, and its place stays empty once it is closed. */
    STAY,
    /** The connection stays, and is replaced once it is closed. */
    STAY_AND_RETURN,
    /** It is reset, and replaced. */
    ABORT,
  }

  /** Connections that send all they have as fast as it is taken, and read all that comes. */
  static Conduct of(int connections, int connectsPerSecond, Script script) {
    return new Conduct(
        connections, connectsPerSecond, script, false, 0, READS_ALL, 0, AtEnd.STAY_AND_RETURN);
  }

  /** A request only after the answer to the last one, until the script has no more. */
  Conduct inTurns() {
    return new Conduct(
        connections, connectsPerSecond, script, true, pauseMillis, readsPerSecond, 0, AtEnd.STAY);
  }

  Conduct pausing(int millis) {
    return new Conduct(
        connections, connectsPerSecond, script, inTurn, millis, readsPerSecond, abortAfter, atEnd);
  }

  Conduct reading(int bytesPerSecond) {
    return new Conduct(
        connections,
        connectsPerSecond,
        script,
        inTurn,
        pauseMillis,
        bytesPerSecond,
        abortAfter,
        atEnd);
  }

  Conduct abortingAfter(int bytes) {
    return new Conduct(
        connections, connectsPerSecond, script, inTurn, pauseMillis, readsPerSecond, bytes, atEnd);
  }

  /** Resets each connection as soon as it has sent all. */
  Conduct aborting() {
    return new Conduct(
        connections,
        connectsPerSecond,
        script,
        inTurn,
        pauseMillis,
        readsPerSecond,
        abortAfter,
        AtEnd.ABORT);
  }
}
