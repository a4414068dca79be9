package io.dislog.wire;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one port. Where as many are open as may be, a newcomer takes the seat of the
 * one that has been idle longest; where none is idle, of one whose request comes slower than a KiB
 * a second; never of one whose request is there. Safe for use by many threads.
 *
 * <p>The time that a connection has been idle counts half for each doubling of the requests that it
 * has brought, and for a head of which a part has come. So who has brought none goes first, and
 * whoever connects in masses displaces its own kind, not a client that asks ten times a second. It
 * is not a strict order, for in one a newcomer whose first bytes are on their way would go before
 * connections that have been idle for a minute. Connections of one rank wait in the order in which
 * they became idle, so that a choice looks at the first of each rank. Who has just become idle does
 * not go: for a while, newcomers wait until somebody else may.
 */
final class Seats {

  /** For 16 requests and more. */
  private static final int HIGHEST_OF_IDLE = 5;

  private static final long LEAST_IDLE_NANOS = 50_000_000;

  /** A body of which so many bytes come within a second is not a slow one. */
  private static final int PACE_BYTES = 1 << 10;

  /** A body that goes on is noted so often. */
  private static final long NOTE_NANOS = 100_000_000;

  private static final long PATIENCE_NANOS = 1_000_000_000;

  private final int limit;
  private final LongSupplier nanoTime;
  private final Seat[] queues = new Seat[HIGHEST_OF_IDLE + 2];
  private final Seat receiving = new Seat(() -> {});
  private boolean full;
  private long fullSince;
  private int taken;
  private int leaving;
  private long displaced;
  private long refused;

  /**
   * @param limit of those that are open, and have not been displaced
   */
  Seats(int limit, LongSupplier nanoTime) {
    this.limit = limit;
    this.nanoTime = nanoTime;
    for (int rank = 0; rank < queues.length; rank++) {
      queues[rank] = new Seat(() -> {});
    }
  }

  /**
   * Seats one more.
   *
   * @param close closes its connection, soon
   * @return null where nobody can go for it
   */
  @Nullable Seat take(Runnable close) {
    Seat seat = new Seat(close);
    Seat victim = null;
    synchronized (this) {
      if (taken < limit) {
        taken++;
      } else {
        victim = victim();
        if (victim == null) {
          refused++;
          return null;
        }
        victim.unlink();
        victim.state = State.DISPLACED;
        leaving++;
        displaced++;
      }
    }
    if (victim != null) {
      victim.close.run();
    }
    return seat;
  }

  /**
   * Whether the next newcomer gets a seat, or none has been free for so long that it had better
   * hear of it.
   */
  synchronized boolean mayCome() {
    if (taken < limit || victim() != null) {
      full = false;
      return true;
    }
    if (!full) {
      full = true;
      fullSince = nanoTime.getAsLong();
    }
    return nanoTime.getAsLong() - fullSince >= PATIENCE_NANOS;
  }

  synchronized int taken() {
    return taken;
  }

  /** Connections that were closed for a newcomer. */
  synchronized long displaced() {
    return displaced;
  }

  /** Newcomers for whom there was no seat. */
  synchronized long refused() {
    return refused;
  }

  private @Nullable Seat victim() {
    if (leaving > limit / 4) {
      return null; // Each still has its descriptor.
    }
    long now = nanoTime.getAsLong();
    Seat idle = longestIdle(now);
    return idle == null ? slowest(now) : idle;
  }

  private @Nullable Seat slowest(long now) {
    Seat first = receiving.next;
    return first == receiving || now - first.since < PATIENCE_NANOS ? null : first;
  }

  private @Nullable Seat longestIdle(long now) {
    Seat longest = null;
    long most = LEAST_IDLE_NANOS - 1;
    for (int rank = 0; rank < queues.length; rank++) {
      Seat first = queues[rank].next;
      long idle = (now - first.since) >> rank;
      if (first != queues[rank] && idle > most) {
        longest = first;
        most = idle;
      }
    }
    return longest;
  }

  private enum State {
    /** Its event loop does not know it yet. */
    NEW,
    /** It has no request, or not yet. */
    IDLE,
    /** A part of a head has come. */
    BEGUN,
    /** The body of a request comes. */
    RECEIVING,
    /** A request is under way. */
    BUSY,
    /** Its connection is to be closed for another. */
    DISPLACED
  }

  /** Of one connection, whose event loop is the one that calls. */
  final class Seat {

    private final Runnable close;
    private Seat previous = this;
    private Seat next = this;
    private State state = State.NEW;
    private long since;
    private int received;
    private int requests;

    private Seat(Runnable close) {
      this.close = close;
    }

    /** The connection is read from now on. */
    void arrive() {
      synchronized (Seats.this) {
        if (state == State.NEW) {
          state = State.IDLE;
          queue(queues[0]);
        }
      }
    }

    /** A part of a head has come, not for the first time perhaps. */
    void headBegins() {
      synchronized (Seats.this) {
        if (state == State.IDLE) {
          state = State.BEGUN;
          unlink();
          queue(queues[rank() + 1]);
        }
      }
    }

    /**
     * A whole head has come.
     *
     * @return false where the connection is about to be closed for another, so that the request is
     *     not to be looked at
     */
    boolean requestBegins() {
      synchronized (Seats.this) {
        if (state != State.DISPLACED) {
          state = State.BUSY;
          unlink();
        }
        return state == State.BUSY;
      }
    }

    /** There is a body, and more of it is to come. */
    void bodyBegins() {
      synchronized (Seats.this) {
        if (state == State.BUSY) {
          state = State.RECEIVING;
          received = 0;
          queue(receiving);
        }
      }
    }

    /** So many bytes of the body have come. */
    void bodyGoesOn(int bytes) {
      received = Math.min(PACE_BYTES, received + bytes);
      if (received == PACE_BYTES && nanoTime.getAsLong() - since > NOTE_NANOS) {
        synchronized (Seats.this) {
          if (state == State.RECEIVING) {
            received = 0;
            unlink();
            queue(receiving);
          }
        }
      }
    }

    /**
     * All of the body has come.
     *
     * @return as {@link #requestBegins}
     */
    boolean bodyEnds() {
      synchronized (Seats.this) {
        if (state == State.RECEIVING) {
          state = State.BUSY;
          unlink();
        }
        return state == State.BUSY;
      }
    }

    /** The request is over, and the client's system has its answer. */
    void requestEnds() {
      synchronized (Seats.this) {
        if (state == State.BUSY || state == State.RECEIVING) {
          state = State.IDLE;
          requests++;
          unlink();
          queue(queues[rank()]);
        }
      }
    }

    /** The connection is closed; called once. */
    void leave() {
      synchronized (Seats.this) {
        unlink();
        if (state == State.DISPLACED) {
          leaving--;
        } else {
          taken--;
        }
      }
    }

    private int rank() {
      return Math.min(HIGHEST_OF_IDLE, Integer.SIZE - Integer.numberOfLeadingZeros(requests));
    }

    private void queue(Seat end) {
      since = nanoTime.getAsLong();
      previous = end.previous;
      next = end;
      end.previous.next = this;
      end.previous = this;
    }

    private void unlink() {
      previous.next = next;
      next.previous = previous;
      previous = this;
      next = this;
    }
  }
}
