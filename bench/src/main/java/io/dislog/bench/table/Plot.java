package io.dislog.bench.table;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Comparisons as a drawing: a panel each, in it a bar for each system, as long as its median, and a
 * line from its worst round to its best. It has no background, and its colours are told apart on a
 * light and on a dark page.
 */
final class Plot {

  private static final int WIDTH = 860;
  private static final int NAMES = 420;
  private static final int BARS = 320;
  private static final int MARGIN = 20;
  private static final int ROW = 20;
  private static final int BAR = 12;
  private static final int TITLE = 34;
  private static final int GAP = 6;

  private final List<Comparison> comparisons;
  private final StringBuilder svg = new StringBuilder();

  Plot(List<Comparison> comparisons) {
    this.comparisons = List.copyOf(comparisons);
  }

  String svg() {
    int height = MARGIN + comparisons.stream().mapToInt(Plot::height).sum();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%1$d" height="%2$d" role="img">
        <title>Dislog beside its peers</title>
        <style>
        text { font: 12px sans-serif; fill: #24292f }
        .title { font-weight: bold }
        .own { fill: #0969da }
        .peer { fill: #8c959f }
        .device { fill: #bf8700 }
        .rounds { stroke: #24292f }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3 }
          .own { fill: #58a6ff }
          .peer { fill: #6e7681 }
          .device { fill: #d29922 }
          .rounds { stroke: #e6edf3 }
        }
        </style>
        """
            .formatted(WIDTH, height));
    int top = MARGIN;
    for (Comparison comparison : comparisons) {
      panel(comparison, top);
      top += height(comparison);
    }
    return svg.append("</svg>\n").toString();
  }

  private static int height(Comparison comparison) {
    return TITLE + ROW * comparison.figures().size();
  }

  private void panel(Comparison comparison, int top) {
    Map<String, Collection<Double>> all = comparison.figures();
    text("title", MARGIN, top + BAR, "%s, %s".formatted(comparison.title(), comparison.unit()));
    double most = all.values().stream().mapToDouble(Collections::max).max().orElse(1);
    int row = top + ROW;
    for (Map.Entry<String, Collection<Double>> one : all.entrySet()) {
      bar(one.getKey(), one.getValue(), row, BARS / most);
      row += ROW;
    }
  }

  private void bar(String name, Collection<Double> rounds, int top, double scale) {
    double median = Figures.median(rounds);
    double best = Collections.max(rounds) * scale;
    text("name", MARGIN, top + BAR - 2, name);
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
            kind(name),
            NAMES,
            top,
            median * scale,
            BAR));
    svg.append(
        String.format(
            Locale.ROOT,
            "<path class=\"rounds\" d=\"M%.1f %d H%.1f\"/>%n",
            NAMES + Collections.min(rounds) * scale,
            top + BAR / 2,
            NAMES + best));
    text("figure", NAMES + best + GAP, top + BAR - 2, Figures.text(median));
  }

  private static String kind(String name) {
    return name.startsWith("Dislog") ? "own" : name.startsWith("the device") ? "device" : "peer";
  }

  private void text(String kind, double x, int y, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%.1f\" y=\"%d\">%s</text>%n",
            kind,
            x,
            y,
            escaped(text)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
