package io.dislog.wire;

/** Why a request is refused before anybody reads it, and its connection closed. */
public enum Flaw {
  /** HTTP/1.1 calls it malformed. */
  MALFORMED,
  /** Its body is in a coding that is not chunked. */
  UNKNOWN_CODING,
  /** Its first line is longer than any that is taken. */
  LINE_TOO_LONG,
  /** Its headers are larger than any that are taken. */
  HEADERS_TOO_LARGE,
  /** It comes slower than {@link Pace} asks. */
  TOO_SLOW,
  /** All large heads together hold what they may. */
  TOO_BUSY
}
