package io.dislog.bench.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.bench.load.Run;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ComparisonTest {

  private final Comparison comparison =
      new Comparison("one node: appends", "/s", List.of("Dislog", "fast", "slow | old"));

  @BeforeEach
  void roundsOfDislog() {
    add("Dislog", 1, 100);
    add("Dislog", 2, 300);
    add("Dislog", 3, 200);
  }

  @Test
  void ratiosAreMadeWithinARoundAndTheMedianIsThatOfTheRatios() {
    add("fast", 1, 200);
    add("fast", 3, 100);
    add("fast", 2, 300);
    comparison.aim("fast", "≥ 2");
    assertThat(comparison.table())
        .contains(
            "| Dislog | **200** (100; 300; 200) |  |  | 1.00 / 1.00 / 1.00 ms |",
            "| fast | **200** (200; 300; 100) | **1.00** (0.50; 1.00; 2.00) | ≥ 2 |"
                + " 1.00 / 1.00 / 1.00 ms |");
  }

  @Test
  void whatCanNotBeMeasuredSaysWhyInItsLine() {
    comparison.fail("slow | old", 1, "there is no slow | old here");
    assertThat(comparison.table())
        .contains("| slow \\| old | not measured: there is no slow \\| old here | | | |\n");
  }

  @Test
  void whatFailsLaterKeepsWhatWasMeasured() {
    add("fast", 1, 50);
    comparison.fail("fast", 2, "it died");
    assertThat(comparison.table())
        .contains("| fast | **50.0** (50.0); failed in round 2: it died | **2.00** (2.00) |");
  }

  @Test
  void figuresAreThoseOfWhatWasMeasuredInTheOrderOfTheTable() {
    add("slow | old", 1, 1);
    assertThat(comparison.figures()).containsOnlyKeys("Dislog", "slow | old");
    assertThat(comparison.figures().get("Dislog")).containsExactly(100.0, 300.0, 200.0);
  }

  private void add(String name, int round, double figure) {
    Histogram latencies = new Histogram(Run.DIGITS);
    latencies.recordValue(1_000_000);
    comparison.add(name, round, figure, new Run(latencies, 1_000_000, 1));
  }
}
