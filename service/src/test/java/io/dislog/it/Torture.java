package io.dislog.it;

import io.dislog.history.Finding;
import io.dislog.history.Operation;
import io.dislog.history.Operation.Append;
import io.dislog.history.Operation.Close;
import io.dislog.history.Operation.Closure;
import io.dislog.history.Operation.Fork;
import io.dislog.history.Operation.Look;
import io.dislog.history.Operation.Read;
import io.dislog.history.Operation.Step;
import io.dislog.history.Operation.Trim;
import io.dislog.history.Operation.Write;
import io.dislog.history.Outcome;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A cluster under load, to which one fault after the other happens, drawn from a seed; and the
 * judgement of all that its clients went through. For one thread.
 */
final class Torture {

  private static final Duration CHAPTER = Duration.ofMinutes(3);
  private static final int MIN_HOLD_MILLIS = 500;
  private static final int MAX_HOLD_MILLIS = 5000;
  private static final int MAX_CALM_MILLIS = 1500;
  private static final int SHOWN_OF_A_KIND = 10;

  private final Cluster cluster;
  private final List<Fault> faults;
  private final Path folder;
  private final Random random;
  private final PrintStream out;
  private final long begin = System.nanoTime();
  private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
  private String last = "no fault";
  private final List<Fault> deck = new ArrayList<>();

  /**
   * Prepares it.
   *
   * @param cluster all of which is well
   * @param faults to draw from, of which those are left out that are not possible here
   * @param folder for what is to be looked into where something is wrong
   */
  Torture(Cluster cluster, List<Fault> faults, Path folder, long seed, PrintStream out) {
    this.cluster = cluster;
    this.faults = faults.stream().filter(fault -> fault.fits(cluster)).toList();
    this.folder = folder;
    this.random = new Random(seed);
    this.out = out;
  }

  /** Goes on for a while, and fails where anything is wrong. */
  void run(Duration length) throws Exception {
    List<Fault> leftOut = new ArrayList<>(List.of(Fault.values()));
    leftOut.removeAll(faults);
    out.printf("faults that are left out: %s%n", leftOut.isEmpty() ? "none" : leftOut);
    long end = System.nanoTime() + length.toNanos();
    for (int chapter = 1; chapter == 1 || System.nanoTime() < end; chapter++) {
      Play play = new Play(cluster, Integer.toString(chapter), random.nextLong());
      long chapterEnd = Math.min(end, System.nanoTime() + CHAPTER.toNanos());
      try {
        while (System.nanoTime() < chapterEnd) {
          strike(play);
        }
        judge(play, play.end());
      } catch (Exception | AssertionError e) {
        write(play);
        out.printf("%7.1f s  WRONG, after %s: %s%n", seconds(begin, System.nanoTime()), last, e);
        out.printf("The history and what the nodes said are in %s%n", folder);
        throw e;
      }
    }
    out.printf("faults: %s%n", struck);
  }

  private void strike(Play play) throws Exception {
    Thread.sleep(random.nextInt(MAX_CALM_MILLIS)); // Load while all is well.
    Fault fault = draw();
    last = fault.name();
    struck.merge(fault, 1, Integer::sum);
    long at = System.nanoTime();
    String what = fault.strike(cluster, random);
    Thread.sleep(MIN_HOLD_MILLIS + random.nextInt(MAX_HOLD_MILLIS - MIN_HOLD_MILLIS));
    Fault.heal(cluster);
    long healed = System.nanoTime();
    cluster.awaitReady();
    long ready = System.nanoTime();
    play.awaitAppends();
    out.printf(
        "%7.1f s  %-50s  for %4.1f s; all ready after %4.1f s, appends to all logs after %4.1f s%n",
        seconds(begin, at),
        what,
        seconds(at, healed),
        seconds(healed, ready),
        seconds(healed, System.nanoTime()));
  }

  /** Every fault comes once before any comes again. */
  private Fault draw() {
    if (deck.isEmpty()) {
      deck.addAll(faults);
    }
    return deck.remove(random.nextInt(deck.size()));
  }

  private void judge(Play play, List<Finding> findings) {
    int records = 0;
    int acknowledged = 0;
    int unknown = 0;
    int refused = 0;
    int fresh = 0;
    int local = 0;
    int others = 0;
    int steps = 0;
    int closes = 0;
    int closures = 0;
    int forks = 0;
    for (Operation operation : play.history().operations()) {
      switch (operation) {
        case Append append -> {
          switch (append.outcome()) {
            case Outcome.Unknown() -> unknown++;
            case Outcome.Refused(String problem) -> refused++;
            default -> {
              acknowledged++;
              records += append.values().size();
            }
          }
        }
        case Read read -> {
          fresh += read.fresh() ? 1 : 0;
          local += read.fresh() ? 0 : 1;
        }
        case Step step -> steps++;
        case Close close -> closes += close.outcome() instanceof Outcome.Done ? 1 : 0;
        case Fork fork -> forks++;
        case Closure closure -> closures += closure.closed() ? 1 : 0;
        case Trim trim -> others++;
        case Write write -> others++;
        case Look look -> others++;
      }
    }
    out.printf(
        "appends: %d acknowledged (%d records), %d refused, %d without an answer; reads: %d fresh,"
            + " %d not; consumers, settings and trims: %d%n",
        acknowledged, records, refused, unknown, fresh, local, others);
    out.printf(
        "streams: %d closed, %d answers that they are, %d forks, %d steps of readers%n",
        closes, closures, forks, steps);
    List<String> odd = play.oddities().all();
    if (!findings.isEmpty() || !odd.isEmpty()) {
      out.println(report(findings, odd));
      throw new AssertionError(
          "%d findings, %d odd answers".formatted(findings.size(), odd.size()));
    }
    out.println(
        "verdict: nothing lost, changed, doubled, reordered, torn, opened again, or shown too early or"
            + " late");
  }

  private String report(List<Finding> findings, List<String> odd) {
    StringBuilder report = new StringBuilder("verdict: WRONG\n");
    Map<String, Integer> counts = new TreeMap<>();
    for (Finding finding : findings) {
      if (counts.merge(finding.kind().name(), 1, Integer::sum) <= SHOWN_OF_A_KIND) {
        report.append(finding).append('\n');
      }
    }
    odd.stream().limit(SHOWN_OF_A_KIND).forEach(each -> report.append(each).append('\n'));
    return report.append(counts).append(", odd answers: ").append(odd.size()).toString();
  }

  private void write(Play play) throws IOException {
    List<String> lines = new ArrayList<>();
    play.history().operations().forEach(operation -> lines.add(operation.toString()));
    lines.addAll(play.oddities().all());
    Files.write(folder.resolve("history.txt"), lines);
    Files.writeString(folder.resolve("nodes.txt"), cluster.output());
  }

  private static double seconds(long from, long to) {
    return (to - from) / 1e9;
  }
}
