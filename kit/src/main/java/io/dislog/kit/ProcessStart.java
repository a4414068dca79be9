package io.dislog.kit;

import java.io.IOException;

/**
 * Starts the processes of a program, until it ends: who then kills those that there are must know
 * that no other comes behind them. Thread-safe.
 */
public final class ProcessStart {

  private static final Object LOCK = new Object();
  private static boolean isOver; // Guarded by LOCK.

  private ProcessStart() {}

  /**
   * Starts one.
   *
   * @throws IOException where it can't be started, or none may be
   */
  public static Process of(ProcessBuilder builder) throws IOException {
    synchronized (LOCK) {
      if (isOver) {
        throw new IOException("no process is started any more");
      }
      return builder.start();
    }
  }

  /** Lets none start from now on; those that were started are there when it returns. */
  public static void end() {
    synchronized (LOCK) {
      isOver = true;
    }
  }
}
