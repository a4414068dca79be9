package io.dislog.operator.e2e;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Says what is done, and how long it took, as it goes. For one thread. */
final class Steps {

  private final PrintStream out;
  private final long begun = System.nanoTime();

  Steps(PrintStream out) {
    this.out = out;
  }

  /** Something that is done, and what is to be said of it. */
  interface Step {
    String take() throws IOException, InterruptedException;
  }

  void step(String what, Step step) throws IOException, InterruptedException {
    long start = System.nanoTime();
    out.printf(Locale.ROOT, "%5d s  %s%n", Math.round(seconds(start - begun)), what);
    String said = step.take();
    out.printf(
        Locale.ROOT, "         %s (the step: %.1f s)%n", said, seconds(System.nanoTime() - start));
  }

  static String text(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", seconds(duration.toNanos()));
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
