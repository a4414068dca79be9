package io.dislog.siege;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Looks again and again at what the service's process takes, and keeps the most of it. */
final class VitalsWatch implements AutoCloseable {

  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final int HEAP_EVERY = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final String HEAP = "jvm_memory_used_bytes{area=\"heap\"";

  private final Besieged service;
  private final Repeat repeat;
  private Vitals most = Vitals.NONE;
  private int round;

  VitalsWatch(Besieged service) {
    this.service = service;
    repeat = new Repeat(PERIOD, this::look);
  }

  /** The most since this was last asked. */
  synchronized Vitals take() {
    Vitals taken = most;
    most = Vitals.NONE;
    return taken;
  }

  @Override
  public void close() {
    repeat.close();
  }

  private void look(long due) {
    try {
      Vitals now = Vitals.of(service.pid(), round++ % HEAP_EVERY == 0 ? heap() : 0);
      synchronized (this) {
        most = most.max(now);
      }
    } catch (IOException | UncheckedIOException e) {
      // The process has just ended, which the siege itself finds out.
    }
  }

  /** What the service itself says of it, or 0 where it does not answer. */
  private long heap() {
    try (Connection connection = new Connection(service.managementPort(), PATIENCE)) {
      return connection
          .call(Requests.get("/q/metrics", "Accept: text/plain", "Connection: close"))
          .is(200)
          .body()
          .lines()
          .filter(line -> line.startsWith(HEAP))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }
}
