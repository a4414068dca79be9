package io.dislog.history;

/**
 * A record as a reader got it.
 *
 * @param time in milliseconds since 1970, or {@link #UNTOLD}
 * @param value what {@link Value#idOf} makes of its bytes
 */
public record Entry(long offset, long time, String value) {

  /** The time of a record of which nobody was told when it was appended. */
  public static final long UNTOLD = -1;

  /** Whether this is how the log's record can have been shown, or promised. */
  boolean shows(Entry there) {
    return offset == there.offset && value.equals(there.value) && isTimeOf(there);
  }

  boolean isTimeOf(Entry there) {
    return time == UNTOLD || time == there.time;
  }
}
