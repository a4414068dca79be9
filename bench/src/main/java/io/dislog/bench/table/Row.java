package io.dislog.bench.table;

import io.dislog.bench.load.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One line of the table: what was measured in each round, and its baseline where it has one. For
 * one thread.
 *
 * <p>Ratios are made pair by pair, because both of a pair meet the same moods of the machine.
 */
public final class Row {

  public static final String HEAD =
      """
      | what | Dislog | baseline | ratio: median (each round) | aim | p50 / p99 / max |
      | --- | --- | --- | --- | --- | --- |\
      """;

  private final String what;
  private final String unit;
  private final String baselineName;
  private final String aim;
  private final List<Double> measured = new ArrayList<>();
  private final List<Double> baselines = new ArrayList<>();
  private final List<Double> ratios = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();

  /**
   * @param unit of both figures
   * @param baselineName may be empty, as the aim may
   */
  public Row(String what, String unit, String baselineName, String aim) {
    this.what = what;
    this.unit = unit;
    this.baselineName = baselineName;
    this.aim = aim;
  }

  /** A round without a baseline. */
  public void add(double figure) {
    measured.add(figure);
  }

  public void add(double figure, double baseline) {
    measured.add(figure);
    baselines.add(baseline);
    ratios.add(figure / baseline);
  }

  /** Adds rates of a round, and shows the latencies. */
  public void addRates(Run run, Run baseline) {
    add(run.perSecond(), baseline.perSecond());
    runs.add(run);
  }

  /** Adds median latencies of a round, and shows the others. */
  public void addMedians(Run run, Run baseline) {
    add(run.p50Micros(), baseline.p50Micros());
    runs.add(run);
  }

  /** Shows a round's latencies. */
  public void addLatencies(Run run) {
    runs.add(run);
  }

  public String line() {
    return "| %s | %s | %s | %s | %s | %s |"
        .formatted(what, withUnit(measured), baseline(), ratio(), aim, Figures.latencies(runs));
  }

  private String baseline() {
    return baselines.isEmpty() ? "" : withUnit(baselines) + " " + baselineName;
  }

  private String ratio() {
    if (ratios.isEmpty()) {
      return "";
    }
    String each = ratios.stream().map(Figures::text).collect(Collectors.joining(", "));
    return "**%s** (%s)".formatted(Figures.text(Figures.median(ratios)), each);
  }

  private String withUnit(List<Double> figures) {
    return figures.isEmpty() ? "" : Figures.text(Figures.median(figures)) + " " + unit;
  }
}
