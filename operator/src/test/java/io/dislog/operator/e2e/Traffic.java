package io.dislog.operator.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Producers and consumers, one of each for each of some logs, that go on while things are done to
 * the cluster. For one thread.
 */
final class Traffic {

  private static final int LOGS = 4;
  private static final Duration CREATION = Duration.ofMinutes(3);
  private static final Duration READ_BACK = Duration.ofMinutes(10);

  private final Door door;
  private final List<Producer> producers = new ArrayList<>();
  private final List<Consumer> consumers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  Traffic(Door door) {
    this.door = door;
  }

  /** Makes the logs, which keep everything, and starts. */
  void start() throws InterruptedException {
    for (int number = 0; number < LOGS; number++) {
      String log = "e2e-" + number;
      create(log);
      Producer producer = new Producer(door, log);
      Consumer consumer = new Consumer(door, log);
      producers.add(producer);
      consumers.add(consumer);
      threads.add(Thread.ofVirtual().start(producer));
      threads.add(Thread.ofVirtual().start(consumer));
    }
  }

  private void create(String log) throws InterruptedException {
    Waiting.until(
        "log " + log + " is there",
        CREATION,
        () ->
            door.send(
                        "PUT",
                        "/v1/logs/" + log,
                        Map.of("Content-Type", "application/json"),
                        """
                        {"retention":{"maxAge":"none","maxBytes":"none"},\
                        "segment":{"maxBytes":"1Mi"}}\
                        """)
                    .status()
                < 300);
  }

  /** The longest that an append took since this was asked for last, one under way included. */
  Duration longestWait() {
    check();
    return producers.stream().map(Producer::longestWait).max(Duration::compareTo).orElseThrow();
  }

  /** Records that were acknowledged. */
  long acknowledged() {
    return producers.stream().mapToLong(Producer::acknowledged).sum();
  }

  /** Waits until every producer was acknowledged another record. */
  void awaitAppends(Duration patience) throws InterruptedException {
    List<Long> before = producers.stream().map(Producer::acknowledged).toList();
    Waiting.until(
        "each producer was acknowledged another record; " + notReadyReasons(),
        patience,
        () -> {
          check();
          for (int number = 0; number < LOGS; number++) {
            if (producers.get(number).acknowledged() <= before.get(number)) {
              return false;
            }
          }
          return true;
        });
  }

  private String notReadyReasons() {
    return String.join("; ", producers.stream().map(Producer::lastTrouble).distinct().toList());
  }

  /** Whether all is well with who produces and consumes. */
  void check() {
    Stream.concat(
            producers.stream().map(Producer::failure), consumers.stream().map(Consumer::failure))
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(failure -> {
          throw new AssertionError(failure);
        });
  }

  /**
   * Reads everything that was acknowledged, once more and from the leaders, byte for byte.
   *
   * @param anew the way to the Service, which may have been made again
   */
  long readBack(Door anew) throws InterruptedException {
    check();
    long records = 0;
    for (Producer producer : producers) {
      long acknowledged = producer.acknowledged();
      Consumer again = new Consumer(anew, producer.log());
      Waiting.until(
          "%d records of %s are read".formatted(acknowledged, producer.log()),
          READ_BACK,
          () -> {
            again.read("&consistency=leader");
            return again.next() >= acknowledged;
          });
      records += acknowledged;
    }
    return records;
  }

  /** Stops; what was acknowledged until then can still be read back. */
  void stop() throws InterruptedException {
    producers.forEach(Producer::stop);
    consumers.forEach(Consumer::stop);
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
