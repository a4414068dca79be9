package io.dislog.it;

import io.dislog.history.Checker;
import io.dislog.history.Finding;
import io.dislog.history.History;
import io.dislog.kit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A few pulses that go on and on in one log each, and how long they had to wait. */
final class Pulses {

  private static final Duration RESUME = Duration.ofMinutes(2);

  private final Cluster cluster;
  private final History history = new History();
  private final Oddities oddities = new Oddities();
  private final List<String> logs = new ArrayList<>();
  private final List<Pulse> pulses = new ArrayList<>();
  private final Crew crew;

  Pulses(Cluster cluster, int count, long seed) throws Exception {
    this.cluster = cluster;
    for (int i = 0; i < count; i++) {
      String log = "pulse-" + i;
      Await.until(
          () -> "the log " + log + " is made", RESUME, () -> cluster.node(1).makes(log, "{}"));
      logs.add(log);
      pulses.add(new Pulse("pulse" + i, log, cluster, history, oddities, seed + i));
    }
    crew = new Crew(pulses, oddities, new Random(seed));
    awaitBeats();
  }

  /** Waits until each has had some more appends done. */
  void awaitBeats() throws Exception {
    for (Pulse pulse : pulses) {
      int before = pulse.beats();
      Await.until("appends go on", RESUME, () -> pulse.beats() > before + 2);
    }
  }

  /**
   * The longest that an append waited for something that is done to the cluster.
   *
   * <p>All nodes, and who waits, may stand still for seconds just then: where it waited too long,
   * so much is taken off as the longest waits while nothing is done, for as long; and where that
   * does not explain it, it is done again.
   *
   * @param patience that a wait is to be shorter than
   * @param attempts at most; with one, the wait is taken as it is
   */
  Duration waitFor(Disturbance disturbance, Duration patience, int attempts) throws Exception {
    Duration wait = patience;
    for (int attempt = 0; attempt < attempts && wait.compareTo(patience) >= 0; attempt++) {
      long begin = System.nanoTime();
      longestWait();
      disturbance.strike();
      awaitBeats();
      wait = longestWait();
      disturbance.heal();
      awaitBeats();
      if (wait.compareTo(patience) >= 0 && attempts > 1) {
        Duration calm = longestWaitOf(Duration.ofNanos(System.nanoTime() - begin));
        System.out.printf(
            "an append waited for %d ms, and for %d ms while nothing was done%n",
            wait.toMillis(), calm.toMillis());
        wait = wait.minus(calm);
      }
    }
    return wait;
  }

  private Duration longestWaitOf(Duration span) throws Exception {
    longestWait();
    Thread.sleep(span);
    awaitBeats();
    return longestWait();
  }

  /** Something that is done to a cluster. */
  interface Disturbance {
    void strike() throws Exception;

    /** Puts right what is not yet, and is not waited for. */
    default void heal() throws Exception {}
  }

  /** The longest that an append had to wait since this was last asked. */
  Duration longestWait() {
    Duration longest = Duration.ZERO;
    for (Pulse pulse : pulses) {
      for (Duration wait : pulse.takeWaits()) {
        longest = wait.compareTo(longest) > 0 ? wait : longest;
      }
    }
    return longest;
  }

  int beats() {
    return pulses.stream().mapToInt(Pulse::beats).sum();
  }

  /** Ends them, and says what is wrong with what they were answered and with what is there. */
  List<String> end() throws Exception {
    crew.end();
    List<String> wrong = new ArrayList<>(oddities.all());
    Checker.check(history.operations(), new FinalReading(cluster).of(logs)).stream()
        .map(Finding::toString)
        .forEach(wrong::add);
    return wrong;
  }
}
