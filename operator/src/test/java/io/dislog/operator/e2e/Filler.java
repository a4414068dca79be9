package io.dislog.operator.e2e;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Fills a cluster's volumes at a pace, and notes when it was refused for want of room. Runs in a
 * thread of its own; the rest may be asked by any.
 */
final class Filler implements Runnable {

  private static final int RECORD_BYTES = 500_000;

  /** Ten megabytes a second. */
  private static final Duration BETWEEN = Duration.ofMillis(50);

  private final Door door;
  private final String log;
  private volatile long refusedNanos;
  private volatile long takenNanos;
  private volatile @Nullable String failure;
  private volatile boolean stopped;

  Filler(Door door, String log) {
    this.door = door;
    this.log = log;
  }

  @Override
  public void run() {
    String record = "x".repeat(RECORD_BYTES);
    long next = System.nanoTime();
    try {
      while (!stopped) {
        append(record);
        next = Math.max(next + BETWEEN.toNanos(), System.nanoTime() - BETWEEN.toNanos());
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void append(String record) throws InterruptedException {
    try {
      Door.Answer answer =
          door.send(
              "POST", "/v1/logs/" + log + "/records", Map.of("Content-Type", "text/plain"), record);
      switch (answer.status()) {
        case 201 -> takenNanos = System.nanoTime();
        case 507 -> refusedNanos = System.nanoTime();
        default -> failure = answer.toString();
      }
    } catch (IOException e) {
      failure = e.toString();
    }
  }

  /** Whether it was refused for want of room since then. */
  boolean wasRefusedSince(long nanos) {
    return refusedNanos != 0 && refusedNanos - nanos > 0;
  }

  /** Whether an append that began after then was taken. */
  boolean wasTakenSince(long nanos) {
    return takenNanos != 0 && takenNanos - nanos > 0;
  }

  /** What else it was answered last, or null. */
  @Nullable String failure() {
    return failure;
  }

  void stop() {
    stopped = true;
  }
}
