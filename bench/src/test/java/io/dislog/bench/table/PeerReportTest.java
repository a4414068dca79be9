package io.dislog.bench.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.bench.load.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PeerReportTest {

  private static final String BEGIN =
      "<!-- What ./dislog bench --peers --publish writes begins. -->\n";
  private static final String END = "<!-- It ends. -->\n";

  @TempDir private Path documents;

  @Test
  void whatIsPublishedTakesThePlaceOfTheLastRunAndLeavesTheRest() throws IOException {
    Path file = documents.resolve("benchmarks.md");
    Files.writeString(file, "Before.\n" + BEGIN + "Old.\n" + END + "Behind.\n");
    report().publish(documents);
    String first = Files.readString(file);
    assertThat(first)
        .startsWith("Before.\n" + BEGIN + "Measured.\n\n**One node: appends**\n\n| | /s: median")
        .contains(
            "| Dislog | **100** (100) |", "![Dislog beside its peers](benchmarks-peers.svg)\n")
        .endsWith(END + "Behind.\n")
        .doesNotContain("Old.");
    assertThat(documents.resolve("benchmarks-peers.svg")).content().startsWith("<svg");
    report().publish(documents);
    assertThat(file).hasContent(first);
  }

  @Test
  void withoutAPlaceForItNothingIsWritten() throws IOException {
    Path file = documents.resolve("benchmarks.md");
    Files.writeString(file, "Before.\n" + END + BEGIN);
    assertThatThrownBy(() -> report().publish(documents)).hasMessageContaining("has no place");
    assertThat(file).hasContent("Before.\n" + END + BEGIN);
    assertThat(documents.resolve("benchmarks-peers.svg")).doesNotExist();
  }

  private static PeerReport report() {
    Comparison comparison = new Comparison("one node: appends", "/s", List.of("Dislog"));
    comparison.add("Dislog", 1, 100, new Run(new Histogram(Run.DIGITS), 1_000_000, 1));
    return new PeerReport("Measured.\n", List.of(comparison));
  }
}
