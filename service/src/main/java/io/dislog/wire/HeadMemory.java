package io.dislog.wire;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What large heads hold together, from their first byte to their answer; safe for use by many
 * threads. Those of usual size are bounded by the number of connections.
 */
public final class HeadMemory {

  private static final int USUAL_BYTES = 8 << 10;

  private final long limit;
  private final AtomicLong held = new AtomicLong();

  /**
   * @param limit in bytes
   */
  public HeadMemory(long limit) {
    this.limit = limit;
  }

  /** What one connection holds; used by one thread. */
  final class Share {

    private int size;

    /** Takes what a head of so many bytes needs, or says false where there is no room. */
    boolean hold(int headBytes) {
      int needed = headBytes > USUAL_BYTES ? headBytes : 0;
      if (needed <= size) {
        return true;
      }
      if (held.addAndGet(needed - size) > limit) {
        held.addAndGet(size - needed);
        return false;
      }
      size = needed;
      return true;
    }

    void letGo() {
      if (size > 0) {
        held.addAndGet(-size);
        size = 0;
      }
    }
  }
}
