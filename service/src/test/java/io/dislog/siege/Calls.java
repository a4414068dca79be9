package io.dislog.siege;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How long a client's calls took, and which of them failed; safe for use by many threads. */
final class Calls {

  /** What {@link Measured#failures} calls an answer that did not come in time. */
  static final String TIMED_OUT = "timed out";

  private List<Duration> waits = new ArrayList<>();
  private Map<String, Integer> failures = new TreeMap<>();

  /** One that was due then has just been answered. */
  void answered(long dueAt) {
    Duration wait = Duration.ofNanos(System.nanoTime() - dueAt);
    synchronized (this) {
      waits.add(wait);
    }
  }

  synchronized void failed(Exception failure) {
    String what =
        switch (failure) {
          case UnwantedAnswer refused -> refused.getMessage();
          case SocketTimeoutException late -> TIMED_OUT;
          default -> "broken: " + failure.getMessage();
        };
    failures.merge(what, 1, Integer::sum);
  }

  /** All since this was last asked. */
  synchronized Measured take() {
    Measured taken = new Measured(waits.stream().sorted().toList(), failures);
    waits = new ArrayList<>();
    failures = new TreeMap<>();
    return taken;
  }
}
