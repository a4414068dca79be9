package io.dislog.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * One line of the table: what was measured in each round, and its baseline where it has one. For
 * one thread.
 *
 * <p>Ratios are made pair by pair, because both of a pair meet the same moods of the machine.
 */
final class Row {

  static final String HEAD =
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
  Row(String what, String unit, String baselineName, String aim) {
    this.what = what;
    this.unit = unit;
    this.baselineName = baselineName;
    this.aim = aim;
  }

  /** A round without a baseline. */
  void add(double figure) {
    measured.add(figure);
  }

  void add(double figure, double baseline) {
    measured.add(figure);
    baselines.add(baseline);
    ratios.add(figure / baseline);
  }

  /** Adds rates of a round, and shows the latencies. */
  void addRates(Run run, Run baseline) {
    add(run.perSecond(), baseline.perSecond());
    runs.add(run);
  }

  /** Adds median latencies of a round, and shows the others. */
  void addMedians(Run run, Run baseline) {
    add(run.p50Micros(), baseline.p50Micros());
    runs.add(run);
  }

  /** Shows a round's latencies. */
  void addLatencies(Run run) {
    runs.add(run);
  }

  String line() {
    return "| %s | %s | %s | %s | %s | %s |"
        .formatted(what, withUnit(measured), baseline(), ratio(), aim, latencies());
  }

  private String baseline() {
    return baselines.isEmpty() ? "" : withUnit(baselines) + " " + baselineName;
  }

  private String ratio() {
    if (ratios.isEmpty()) {
      return "";
    }
    String each = ratios.stream().map(Row::figure).collect(Collectors.joining(", "));
    return "**%s** (%s)".formatted(figure(median(ratios)), each);
  }

  private String latencies() {
    if (runs.isEmpty()) {
      return "";
    }
    return "%s / %s / %s ms"
        .formatted(
            figure(medianMillis(Run::p50Micros)),
            figure(medianMillis(Run::p99Micros)),
            figure(medianMillis(Run::maxMicros)));
  }

  private double medianMillis(ToDoubleFunction<Run> micros) {
    return median(runs.stream().map(run -> micros.applyAsDouble(run) / 1e3).toList());
  }

  private String withUnit(List<Double> figures) {
    return figures.isEmpty() ? "" : figure(median(figures)) + " " + unit;
  }

  private static double median(List<Double> figures) {
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length % 2 == 1
        ? sorted[sorted.length / 2]
        : Arrays.stream(sorted, sorted.length / 2 - 1, sorted.length / 2 + 1).average().orElse(0);
  }

  /** Three digits that count, and no more. */
  private static String figure(double figure) {
    String format = figure >= 100 ? "%,.0f" : figure >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, figure);
  }
}
