package io.dislog.http;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that requests hold from their head to their answer; safe for use by many threads.
 *
 * <p>Whoever comes while nobody waits is taken, however large; all others only while everything
 * together stays within the limit.
 */
@Singleton
final class InFlight {

  private final long limit;
  private long bytes;
  private int requests;

  @Inject
  InFlight(Limits limits) {
    this(limits.maxInFlightBytes());
  }

  /**
   * @param limit in bytes
   */
  InFlight(long limit) {
    this.limit = limit;
  }

  /**
   * Takes a request in.
   *
   * @param size in bytes, as far as it is known
   * @return null where there is no room
   */
  synchronized @Nullable Share admit(long size) {
    boolean alone = requests == 0;
    if (!alone && bytes + size > limit) {
      return null;
    }
    requests++;
    bytes += size;
    return new Share(alone, size);
  }

  synchronized long bytes() {
    return bytes;
  }

  /** What one request holds, until the last of its holders lets go. */
  final class Share {

    private final boolean alone;
    private long held;
    private int holders = 1;

    private Share(boolean alone, long held) {
      this.alone = alone;
      this.held = held;
    }

    /** Takes more bytes, or none and says false where there is no room. */
    boolean grow(long size) {
      synchronized (InFlight.this) {
        if (!alone && bytes + size > limit) {
          return false;
        }
        bytes += size;
        held += size;
        return true;
      }
    }

    /** One more must let go before the bytes are free. */
    void hold() {
      synchronized (InFlight.this) {
        holders++;
      }
    }

    void letGo() {
      synchronized (InFlight.this) {
        if (--holders == 0) {
          bytes -= held;
          requests--;
        }
      }
    }
  }
}
