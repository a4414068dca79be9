package io.dislog.commit;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How long the next round is held for requests that are about to come: until as many wait as were
 * there in the last one, which are those that it answered and those that came meanwhile. Else
 * clients fall into two halves, of which one waits while the other one's round is under way, and
 * each round costs the same with half of them.
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

  /** A request waits from now on. */
  void arrives() {
    arrivedNanos = System.nanoTime();
    int now = waiting.incrementAndGet();
    Thread thread = held;
    if (thread != null && now >= expected) {
      LockSupport.unpark(thread);
    }
  }

  /** Requests are taken into a round. */
  void leave(int requests) {
    waiting.addAndGet(-requests);
  }

  /** The requests of a round are about to be answered, so that whoever asked may ask again. */
  void answered(int requests) {
    expected = requests + waiting.get();
    answeredNanos = System.nanoTime();
  }

  /** Returns when the next round is to begin. */
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
