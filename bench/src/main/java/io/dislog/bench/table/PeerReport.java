package io.dislog.bench.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What is told of Dislog beside its peers: tables, in Markdown, and a plot.
 *
 * @param heading where, when and how it was measured
 */
public record PeerReport(String heading, List<Comparison> comparisons) {

  private static final String BEGIN =
      "<!-- What ./dislog bench --peers --publish writes begins. -->\n";
  private static final String END = "<!-- It ends. -->\n";
  private static final String PLOT = "benchmarks-peers.svg";

  public String text() {
    StringBuilder text = new StringBuilder(heading);
    for (Comparison comparison : comparisons) {
      text.append("\n**%s**\n\n".formatted(capitalized(comparison.title())));
      text.append(comparison.table());
    }
    return text.toString();
  }

  /** Writes the plot into a folder, and says where it is. */
  public Path plot(Path folder) throws IOException {
    return Files.writeString(folder.resolve(PLOT), new Plot(comparisons).svg());
  }

  /**
   * Writes all of it into the project's documents, in place of what an earlier run wrote.
   *
   * @throws IOException where the place for it is not there
   */
  public void publish(Path documents) throws IOException {
    Path file = documents.resolve("benchmarks.md");
    String before = Files.readString(file);
    int begin = before.indexOf(BEGIN);
    int end = before.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException("%s has no place for it: %s%s".formatted(file, BEGIN, END));
    }
    plot(documents);
    String image = "![Dislog beside its peers](%s)\n".formatted(PLOT);
    Files.writeString(
        file,
        before.substring(0, begin + BEGIN.length())
            + text()
            + "\n"
            + image
            + before.substring(end));
  }

  private static String capitalized(String title) {
    return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
  }
}
