package io.dislog.bench.table;

import io.dislog.bench.load.Run;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One measure of Dislog beside its peers and the device, round by round. For one thread.
 *
 * <p>Ratios are made within a round, because all in a round meet the same moods of the machine.
 */
public final class Comparison {

  private final String title;
  private final String unit;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * @param names in the order of the table, of which the first is Dislog's
   */
  public Comparison(String title, String unit, Collection<String> names) {
    this.title = title;
    this.unit = unit;
    names.forEach(name -> entries.put(name, new Entry()));
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }

  /** Adds what a round came to. */
  public void add(String name, int round, double figure, Run run) {
    Entry entry = entry(name);
    entry.figures.put(round, figure);
    entry.runs.add(run);
  }

  /** Says why there is no figure of a round, if there is none. */
  public void fail(String name, int round, String why) {
    Entry entry = entry(name);
    if (!entry.figures.containsKey(round)) {
      entry.failure = why;
      entry.failedRound = round;
    }
  }

  /** What is wanted of Dislog beside one of them. */
  public void aim(String name, String aim) {
    entry(name).aim = aim;
  }

  /** Those that have figures, in the order of the table: of each round, by name. */
  Map<String, Collection<Double>> figures() {
    Map<String, Collection<Double>> figures = new LinkedHashMap<>();
    entries.forEach((name, entry) -> {
      if (!entry.figures.isEmpty()) {
        figures.put(name, List.copyOf(entry.figures.values()));
      }
    });
    return figures;
  }

  /** The table, in Markdown. */
  public String table() {
    StringBuilder table =
        new StringBuilder(
            """
            | | %s: median (each round) | Dislog against it: median (each round) | aim | p50 / p99 / max |
            | --- | --- | --- | --- | --- |
            """
                .formatted(unit));
    entries.forEach((name, entry) -> table.append(line(name, entry)).append('\n'));
    return table.toString();
  }

  private String line(String name, Entry entry) {
    if (entry.figures.isEmpty()) {
      return "| %s | not measured%s | | | |"
          .formatted(inCell(name), entry.failure == null ? "" : ": " + inCell(entry.failure));
    }
    return "| %s | %s%s | %s | %s | %s |"
        .formatted(
            inCell(name),
            Figures.medianAndEach(entry.figures.values()),
            entry.failure == null
                ? ""
                : "; failed in round %d: %s".formatted(entry.failedRound, inCell(entry.failure)),
            ratios(entry),
            entry.aim,
            Figures.latencies(entry.runs));
  }

  private String ratios(Entry entry) {
    Entry dislog = entries.values().iterator().next();
    List<Double> ratios = new ArrayList<>();
    entry.figures.forEach((round, figure) -> {
      Double own = dislog.figures.get(round);
      if (own != null && dislog != entry) {
        ratios.add(own / figure);
      }
    });
    return ratios.isEmpty() ? "" : Figures.medianAndEach(ratios);
  }

  private static String inCell(String text) {
    return text.replace("|", "\\|");
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException("nobody here has the name " + name);
    }
    return entry;
  }

  /** A line of the table. */
  private static final class Entry {
    private final SortedMap<Integer, Double> figures = new TreeMap<>();
    private final List<Run> runs = new ArrayList<>();
    private String aim = "";
    private @Nullable String failure;
    private int failedRound;
  }
}
