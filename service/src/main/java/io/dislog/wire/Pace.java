package io.dislog.wire;

/**
 * How long a request may take to come: ten seconds, and a second more for each KiB that comes, but
 * never more than ten from now. So nobody is kept waiting long by few bytes, however many came
 * before. For one thread.
 */
final class Pace {

  private static final long PATIENCE_NANOS = 10_000_000_000L;
  private static final long NANOS_PER_BYTE = 1_000_000_000L >> 10;

  private long deadline;

  /** The first byte has come. */
  void begin(long now) {
    deadline = now + PATIENCE_NANOS;
  }

  /** So many bytes more have come. */
  void add(int bytes, long now) {
    long later = Math.min(PATIENCE_NANOS, deadline - now + bytes * NANOS_PER_BYTE);
    deadline = now + later;
  }

  /** Nanoseconds that are left, not more than 0 where it is too slow. */
  long left(long now) {
    return deadline - now;
  }
}
