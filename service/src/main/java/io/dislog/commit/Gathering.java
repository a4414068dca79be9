package io.dislog.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Gathers what is asked for while a round is under way, and a moment after it, into the next round.
 * Safe for use by many threads, of which none waits: each round begins in a thread of its own.
 *
 * @param <T> what a round has many of
 */
public final class Gathering<T> {

  /** A round has at most so many items, so that the first does not wait for ever. */
  private static final int MAX_ITEMS = 4096;

  /** Clients that were answered ask again within this, one after the other. */
  private static final long QUIET_NANOS = 500_000;

  /** About what a round takes, in which many clients share few processors. */
  private static final long MOST_LINGER_NANOS = 3_000_000;

  private final long maxBytes;
  private final ToLongFunction<T> size;
  private final Consumer<List<T>> round;
  private final ConcurrentLinkedQueue<T> waiting = new ConcurrentLinkedQueue<>();
  private final Linger linger = new Linger(QUIET_NANOS, MOST_LINGER_NANOS);
  private final AtomicBoolean underWay = new AtomicBoolean();

  /**
   * @param maxBytes that a round has at most, unless its first item alone has more
   * @param size of an item, in bytes
   * @param round begins one with these items, which ends with {@link #ended}
   */
  public Gathering(long maxBytes, ToLongFunction<T> size, Consumer<List<T>> round) {
    this.maxBytes = maxBytes;
    this.size = size;
    this.round = round;
  }

  /** Has an item be in a round soon. */
  public void add(T item) {
    waiting.add(item);
    linger.arrives();
    beginNext();
  }

  /** So many items of the round are about to be answered: whoever asked may ask again. */
  public void answered(int items) {
    linger.answered(items);
  }

  /** The round has ended. */
  public void ended() {
    underWay.set(false);
    beginNext();
  }

  private void beginNext() {
    if (!waiting.isEmpty() && underWay.compareAndSet(false, true)) {
      Thread.startVirtualThread(this::begin);
    }
  }

  private void begin() {
    linger.await();
    List<T> items = take();
    if (items.isEmpty()) { // A round had them that ended since somebody looked.
      ended();
    } else {
      round.accept(items);
    }
  }

  private List<T> take() {
    List<T> items = new ArrayList<>();
    long bytes = 0;
    while (items.size() < MAX_ITEMS && bytes < maxBytes) {
      T next = waiting.peek();
      if (next == null || (!items.isEmpty() && bytes + size.applyAsLong(next) > maxBytes)) {
        break;
      }
      waiting.remove();
      bytes += size.applyAsLong(next);
      items.add(next);
    }
    linger.leave(items.size());
    return items;
  }
}
