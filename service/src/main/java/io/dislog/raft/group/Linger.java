package io.dislog.raft.group;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How long a shard's next entry is held for items that are about to come: until as many wait as
 * were there in the last round, which are those that it answered and those that came meanwhile.
 * Else the clients of a shard fall into two halves, of which one waits while the other one's entry
 * is under way, and each entry costs the same with half of them.
 *
 * <p>Clients that ask again at once come one right after the other. So nothing is held any more
 * once nobody has come for a moment, as where each of many clients asks now and then; and not for
 * long in any case. One client alone never waits, since it is all that was there.
 *
 * <p>Safe for use by many threads, of which one at a time waits.
 */
final class Linger {

  private final long quietNanos;
  private final long mostNanos;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile int expected;
  private volatile long answeredNanos;
  private volatile long arrivedNanos;
  private volatile @Nullable Thread held;

  /**
   * @param quietNanos in which nobody has come
   * @param mostNanos after the last round
   */
  Linger(long quietNanos, long mostNanos) {
    this.quietNanos = quietNanos;
    this.mostNanos = mostNanos;
  }

  /** An item waits from now on. */
  void arrives() {
    arrivedNanos = System.nanoTime();
    int now = waiting.incrementAndGet();
    Thread thread = held;
    if (thread != null && now >= expected) {
      LockSupport.unpark(thread);
    }
  }

  /** Items are taken into an entry. */
  void leave(int items) {
    waiting.addAndGet(-items);
  }

  /** The items of an entry are about to be answered, so that whoever asked may ask again. */
  void answered(int items) {
    expected = items + waiting.get();
    answeredNanos = System.nanoTime();
  }

  /** Returns when the next entry is to be made. */
  void await() {
    held = Thread.currentThread();
    long left = left();
    while (left > 0 && !Thread.interrupted()) {
      LockSupport.parkNanos(this, left);
      left = left();
    }
    held = null;
  }

  private long left() {
    if (waiting.get() >= expected) {
      return 0;
    }
    long now = System.nanoTime();
    long last = Math.max(answeredNanos - now, arrivedNanos - now);
    return Math.min(last + quietNanos, answeredNanos - now + mostNanos);
  }
}
