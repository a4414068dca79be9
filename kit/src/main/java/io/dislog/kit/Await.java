package io.dislog.kit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what must come true, and no longer than it may take. Stateless. */
public final class Await {

  /** Generous: machines are slow. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long LOOK_NANOS = 5_000_000;

  private Await() {}

  /**
   * Waits until a condition holds, a minute at most.
   *
   * @param what is waited for
   * @throws AssertionError if it does not hold in time
   */
  public static <E extends Exception> void until(String what, Condition<E> condition) throws E {
    until(() -> what, PATIENCE, condition);
  }

  /**
   * Waits until a condition holds, a minute at most.
   *
   * @param what is waited for, or has come instead; asked once it is clear that it was in vain
   * @throws AssertionError if it does not hold in time
   */
  public static <E extends Exception> void until(Supplier<String> what, Condition<E> condition)
      throws E {
    until(what, PATIENCE, condition);
  }

  /**
   * Waits until a condition holds.
   *
   * @param what is waited for
   * @throws AssertionError if it does not hold in time
   */
  public static <E extends Exception> void until(
      String what, Duration patience, Condition<E> condition) throws E {
    until(() -> what, patience, condition);
  }

  /**
   * Waits until a condition holds.
   *
   * @param what is waited for, or has come instead; asked once it is clear that it was in vain
   * @throws AssertionError if it does not hold in time
   */
  public static <E extends Exception> void until(
      Supplier<String> what, Duration patience, Condition<E> condition) throws E {
    if (!holdsWithin(patience, condition)) {
      throw new AssertionError("not within %s: %s".formatted(patience, what.get()));
    }
  }

  /**
   * Looks all the while that a condition holds, and once more at the end.
   *
   * @throws AssertionError as soon as it does not
   */
  public static <E extends Exception> void keepsTrue(
      String what, Duration span, Condition<E> condition) throws E {
    long begun = System.nanoTime();
    boolean isOver = false;
    while (true) {
      if (!condition.holds()) {
        throw new AssertionError("not for all of %s: %s".formatted(span, what));
      }
      if (isOver) {
        return;
      }
      pause();
      isOver = System.nanoTime() - begun >= span.toNanos();
    }
  }

  /**
   * Waits until a condition holds, and says whether it did in time. It is looked at once at least.
   *
   * @throws IllegalStateException if the thread is interrupted, which it still is then
   */
  public static <E extends Exception> boolean holdsWithin(Duration patience, Condition<E> condition)
      throws E {
    long begun = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - begun > patience.toNanos()) {
        return false;
      }
      pause();
    }
    return true;
  }

  private static void pause() {
    LockSupport.parkNanos(LOOK_NANOS);
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("interrupted while it waited");
    }
  }

  /**
   * Something that becomes true.
   *
   * @param <E> what looking may end with, which ends the waiting too
   */
  @FunctionalInterface
  public interface Condition<E extends Exception> {
    boolean holds() throws E;
  }
}
