package io.dislog.it;

import io.dislog.history.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client that wants one record after the other in a log and sends each, to one node after the
 * other, until it is acknowledged; so it knows how long appends had to wait. For one thread.
 */
final class Pulse implements Worker {

  private static final Duration TRY = Duration.ofMillis(700);
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final long PAUSE_MILLIS = 20;

  private final NumberedWriter writer;
  private final String log;
  private final AtomicInteger beats = new AtomicInteger();
  private final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());

  Pulse(String name, String log, Cluster cluster, History history, Oddities oddities, long seed) {
    Caller caller = new Caller(name, cluster, history, oddities, new Random(seed)).within(TRY);
    this.writer = new NumberedWriter(caller, new Frontier(List.of(log)), log);
    this.log = log;
  }

  @Override
  public void act() throws InterruptedException {
    append(DEADLINE);
  }

  /**
   * Has one more record appended.
   *
   * @return how long it waited from its first attempt until it was acknowledged
   */
  Duration append(Duration deadline) throws InterruptedException {
    long start = System.nanoTime();
    while (!writer.attempt()) {
      if (System.nanoTime() - start > deadline.toNanos()) {
        throw new AssertionError("no append to %s within %s".formatted(log, deadline));
      }
      Thread.sleep(PAUSE_MILLIS); // It does not ask again at once.
    }
    Duration wait = Duration.ofNanos(System.nanoTime() - start);
    waits.add(wait);
    beats.incrementAndGet();
    return wait;
  }

  /** How many of its appends were acknowledged. */
  int beats() {
    return beats.get();
  }

  /** How long its appends waited since this was last asked. */
  List<Duration> takeWaits() {
    synchronized (waits) {
      List<Duration> taken = List.copyOf(waits);
      waits.clear();
      return taken;
    }
  }
}
