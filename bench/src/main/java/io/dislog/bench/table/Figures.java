package io.dislog.bench.table;

import io.dislog.bench.load.Run;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Figures as tables have them. Stateless. */
final class Figures {

  private Figures() {}

  static double median(Collection<Double> figures) {
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length % 2 == 1
        ? sorted[sorted.length / 2]
        : Arrays.stream(sorted, sorted.length / 2 - 1, sorted.length / 2 + 1).average().orElse(0);
  }

  /** Three digits that count, and no more. */
  static String text(double figure) {
    String format = figure >= 100 ? "%,.0f" : figure >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, figure);
  }

  /** The median, and those of each round. */
  static String medianAndEach(Collection<Double> figures) {
    String each = figures.stream().map(Figures::text).collect(Collectors.joining("; "));
    return "**%s** (%s)".formatted(text(median(figures)), each);
  }

  /** Medians of the runs' p50, p99 and maximum. */
  static String latencies(Collection<Run> runs) {
    return runs.isEmpty()
        ? ""
        : "%s / %s / %s ms"
            .formatted(
                medianMillis(runs, Run::p50Micros),
                medianMillis(runs, Run::p99Micros),
                medianMillis(runs, Run::maxMicros));
  }

  private static String medianMillis(Collection<Run> runs, ToDoubleFunction<Run> micros) {
    return text(median(runs.stream().map(run -> micros.applyAsDouble(run) / 1e3).toList()));
  }
}
