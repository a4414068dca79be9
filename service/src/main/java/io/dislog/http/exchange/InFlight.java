package io.dislog.http.exchange;

import io.dislog.http.config.Limits;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that requests hold from their head to their answer, counted as they come; safe for use
 * by many threads.
 *
 * <p>Who comes while nobody holds any is taken, however large. All others are taken while
 * everything together stays within the limit. The last eighth is for requests that are small: large
 * ones, however many and however large, don't keep them out. One address has at most three quarters
 * of the limit for its small requests, and as much for its large ones.
 */
@Singleton
public final class InFlight {

  /** What is small. */
  static final int SMALL_BYTES = 64 << 10;

  private final long limit;
  private final long addressLimit;
  private final long largeLimit;
  private final Map<Origin, Long> origins = new HashMap<>();
  private long bytes;
  private @Nullable Share alone;

  @Inject
  InFlight(Limits limits) {
    this(limits.maxInFlightBytes());
  }

  /**
   * @param limit in bytes
   */
  InFlight(long limit) {
    this.limit = limit;
    this.addressLimit = limit - limit / 4;
    this.largeLimit = limit - limit / 8;
  }

  /** What a request from an address is to hold; nothing yet. */
  public Share begin(String address) {
    return new Share(address);
  }

  public synchronized long bytes() {
    return bytes;
  }

  private boolean hasRoom(Share share, long size) {
    if (share == alone || bytes == share.held) {
      return true;
    }
    Origin origin = share.origin(size);
    long ofOrigin = origins.getOrDefault(origin, 0L);
    long others = bytes - share.held - excess();
    long whole = share.held + size;
    return others + whole <= (origin.isSmall ? limit : largeLimit)
        && ofOrigin + (origin.equals(share.origin(0)) ? size : whole) <= addressLimit;
  }

  /** What the one that is taken however large holds of the room for small ones. */
  private long excess() {
    return alone == null ? 0 : Math.max(0, alone.held - largeLimit);
  }

  private void change(Share share, long size) {
    count(share.origin(0), -share.held);
    bytes += size;
    share.held += size;
    count(share.origin(0), share.held);
  }

  private void count(Origin origin, long size) {
    if (size != 0) {
      origins.merge(origin, size, (one, other) -> one + other == 0 ? null : one + other);
    }
  }

  /** Where requests come from, by their size. */
  private record Origin(String address, boolean isSmall) {}

  /** What one request holds, until the last of its holders lets go. */
  public final class Share {

    private final String address;
    private long held;
    private int holders = 1;

    private Share(String address) {
      this.address = address;
    }

    /** With so many bytes more. */
    private Origin origin(long size) {
      return new Origin(address, held + size <= SMALL_BYTES);
    }

    /** Whether there would be room for so many bytes now. */
    public boolean fits(long size) {
      synchronized (InFlight.this) {
        return hasRoom(this, size);
      }
    }

    /** Takes more bytes, or none and says false where there is no room. */
    public boolean grow(long size) {
      synchronized (InFlight.this) {
        if (size > 0 && bytes == held) {
          alone = this;
        }
        boolean taken = holders > 0 && hasRoom(this, size);
        if (taken && size > 0) {
          change(this, size);
        }
        return taken;
      }
    }

    /** Gives back what it holds before its holders let go: there is nothing of it any more. */
    void free() {
      synchronized (InFlight.this) {
        change(this, -held);
        alone = alone == this ? null : alone;
      }
    }

    /** One more must let go before the bytes are free. */
    void hold() {
      synchronized (InFlight.this) {
        holders++;
      }
    }

    public void letGo() {
      synchronized (InFlight.this) {
        if (--holders == 0) {
          free();
        }
      }
    }
  }
}
