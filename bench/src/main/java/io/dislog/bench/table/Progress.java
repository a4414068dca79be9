package io.dislog.bench.table;

/** Tells whoever waits what is being measured; apart from the table, which goes to stdout. */
public final class Progress {

  private static final long START = System.nanoTime();

  private Progress() {}

  public static void say(String what) {
    System.err.printf("%4d s  %s%n", (System.nanoTime() - START) / 1_000_000_000, what);
  }
}
