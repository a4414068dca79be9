package io.dislog.operator.e2e;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads a log's newest record and moves a consumer there, again and again, and remembers what
 * failed. Runs in a thread of its own; the rest may be asked by any.
 */
final class Bystander implements Runnable {

  private final Door door;
  private final String log;
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final AtomicInteger moves = new AtomicInteger();
  private volatile boolean stopped;

  Bystander(Door door, String log) {
    this.door = door;
    this.log = log;
  }

  @Override
  public void run() {
    try {
      while (!stopped) {
        ask("GET", "/v1/logs/%s/records?offset=earliest&limit=1".formatted(log), "");
        ask("PUT", "/v1/logs/%s/consumers/bystander".formatted(log), "{\"offset\":\"latest\"}");
        moves.incrementAndGet();
        TimeUnit.MILLISECONDS.sleep(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask(String method, String path, String body) throws InterruptedException {
    try {
      Map<String, String> headers =
          body.isEmpty() ? Map.of() : Map.of("Content-Type", "application/json");
      Door.Answer answer = door.send(method, path, headers, body);
      if (answer.status() / 100 != 2) {
        failures.add("%s %s: %s".formatted(method, path, answer));
      }
    } catch (IOException e) {
      failures.add("%s %s: %s".formatted(method, path, e));
    }
  }

  /** How often both were done. */
  int moves() {
    return moves.get();
  }

  /** What failed. */
  List<String> failures() {
    return failures;
  }

  void stop() {
    stopped = true;
  }
}
