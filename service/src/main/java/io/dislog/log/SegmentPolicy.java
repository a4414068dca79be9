package io.dislog.log;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the active segment is sealed and a new one opened.
 *
 * @param maxBytes the store's bytes, from {@link #MIN_BYTES} to {@link #MAX_BYTES}
 * @param maxAge of its first record, or null for no limit
 */
public record SegmentPolicy(long maxBytes, @Nullable Duration maxAge) {

  public static final long MIN_BYTES = 4 << 10;

  /** An index entry holds a position in 40 bits. */
  public static final long MAX_BYTES = (1L << 40) - 1;
}
