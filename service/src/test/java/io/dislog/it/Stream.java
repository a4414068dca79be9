package io.dislog.it;

/**
 * A log with its other face.
 *
 * @param log its name, which is the stream's path
 */
record Stream(String log, StreamType type) {

  private static final int DIGITS = 20;

  String path() {
    return "/v1/stream/" + log;
  }

  /** Where to read it from an offset on. */
  String from(long offset) {
    return path() + "?offset=" + print(offset);
  }

  static String print(long offset) {
    return ("%0" + DIGITS + "d").formatted(offset);
  }
}
