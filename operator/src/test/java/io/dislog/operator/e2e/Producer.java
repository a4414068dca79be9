package io.dislog.operator.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The only one that appends to a log: record after record, each until it is acknowledged, numbered
 * so that it is there once. What it appends follows from the offset, and what offset it gets from
 * how many it has appended. Runs in a thread of its own; the rest may be asked by any.
 */
final class Producer implements Runnable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration BETWEEN = Duration.ofMillis(40);
  private static final Duration BEFORE_REPEAT = Duration.ofMillis(50);

  private final Door door;
  private final String log;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong longestNanos = new AtomicLong();
  private volatile long begunNanos = System.nanoTime();
  private volatile @Nullable String failure;
  private volatile String lastTrouble = "";
  private volatile boolean stopped;

  Producer(Door door, String log) {
    this.door = door;
    this.log = log;
  }

  @Override
  public void run() {
    try {
      while (!stopped) {
        appendNext();
        TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis());
      }
    } catch (InterruptedException | IOException | RuntimeException e) {
      failure = log + ": " + e;
    }
  }

  private void appendNext() throws InterruptedException, IOException {
    long offset = acknowledged.get();
    Map<String, String> headers =
        Map.of(
            "Content-Type", "text/plain",
            "Producer-Id", "e2e",
            "Producer-Epoch", "0",
            "Producer-Seq", Long.toString(offset));
    begunNanos = System.nanoTime();
    while (!isAcknowledged(offset, headers)) {
      if (stopped) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(BEFORE_REPEAT.toMillis());
    }
    longestNanos.accumulateAndGet(System.nanoTime() - begunNanos, Math::max);
    acknowledged.incrementAndGet();
  }

  private boolean isAcknowledged(long offset, Map<String, String> headers)
      throws InterruptedException, IOException {
    Door.Answer answer;
    try {
      answer = door.send("POST", "/v1/logs/" + log + "/records", headers, Payload.of(log, offset));
    } catch (IOException e) {
      lastTrouble = e.toString();
      return false;
    }
    return switch (answer.status()) {
      case 200, 201 -> {
        long given = JSON.readTree(answer.body()).path("baseOffset").asLong(-1);
        if (given != offset) {
          throw new IllegalStateException(
              "offset %d was acknowledged as %d".formatted(offset, given));
        }
        yield true;
      }
      // No leader, too busy, or no pod behind the Service.
      case 429, 500, 502, 503, 504 -> {
        lastTrouble = answer.toString();
        yield false;
      }
      default -> throw new IllegalStateException("offset %d: %s".formatted(offset, answer));
    };
  }

  String log() {
    return log;
  }

  /** Records that were acknowledged: those below this offset. */
  long acknowledged() {
    return acknowledged.get();
  }

  /** The longest that an append took since this was asked for last, one under way included. */
  Duration longestWait() {
    return Duration.ofNanos(
        Math.max(longestNanos.getAndSet(0), failure == null ? System.nanoTime() - begunNanos : 0));
  }

  /** Why it can't go on, or null. */
  @Nullable String failure() {
    return failure;
  }

  /** What it was answered last that was no acknowledgement. */
  String lastTrouble() {
    return lastTrouble;
  }

  void stop() {
    stopped = true;
  }
}
