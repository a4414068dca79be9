package io.dislog.operator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log from its first record on, and holds each against what was appended. Runs in a thread
 * of its own; the rest may be asked by any.
 */
final class Consumer implements Runnable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Door door;
  private final String log;
  private final AtomicLong next = new AtomicLong();
  private volatile @Nullable String failure;
  private volatile boolean stopped;

  Consumer(Door door, String log) {
    this.door = door;
    this.log = log;
  }

  @Override
  public void run() {
    try {
      while (!stopped) {
        if (!read("&wait=2s")) {
          TimeUnit.MILLISECONDS.sleep(200);
        }
      }
    } catch (InterruptedException | IllegalStateException e) {
      failure = log + ": " + e;
    }
  }

  /**
   * Reads one page.
   *
   * @return whether there was an answer with something in it
   * @throws IllegalStateException where a record is not the one that was appended
   */
  boolean read(String parameters) throws InterruptedException {
    JsonNode page;
    try {
      Door.Answer answer =
          door.send(
              "GET",
              "/v1/logs/%s/records?offset=%d&limit=1000%s".formatted(log, next.get(), parameters),
              Map.of("Accept", "application/json"),
              "");
      if (answer.status() == 410) {
        throw new IllegalStateException("record %d is gone: %s".formatted(next.get(), answer));
      }
      if (answer.status() != 200) {
        return false;
      }
      page = JSON.readTree(answer.body());
    } catch (IOException e) {
      return false;
    }
    for (JsonNode read : page.path("records")) {
      check(read);
      next.incrementAndGet();
    }
    return !page.path("records").isEmpty();
  }

  private void check(JsonNode read) {
    String value = read.path("value").asText();
    if (read.path("offset").asLong(-1) != next.get()
        || !value.equals(Payload.of(log, next.get()))) {
      throw new IllegalStateException("in place of record %d: %s".formatted(next.get(), read));
    }
  }

  /** The offset of the record that it will read next: all below were as they should be. */
  long next() {
    return next.get();
  }

  @Nullable String failure() {
    return failure;
  }

  void stop() {
    stopped = true;
  }
}
