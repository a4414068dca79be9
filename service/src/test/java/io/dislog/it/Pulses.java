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
