package io.dislog.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;

final class HistogramTest {

  @Test
  void sharesComeOutWithinTwoPercent() {
    Histogram histogram = new Histogram();
    for (long nanos = 1; nanos <= 1_000_000; nanos++) {
      histogram.add(nanos);
    }
    for (double share : new double[] {0.001, 0.5, 0.99, 1}) {
      assertThat((double) histogram.at(share)).isCloseTo(share * 1e6, withPercentage(2));
    }
    assertThat(histogram.count()).isEqualTo(1_000_000);
    assertThat(histogram.max()).isEqualTo(1_000_000);
  }

  @Test
  void takesAnyDuration() {
    Histogram histogram = new Histogram();
    histogram.add(0);
    histogram.add(Long.MAX_VALUE);
    assertThat(histogram.at(0.5)).isZero();
    assertThat(histogram.at(1)).isEqualTo(Long.MAX_VALUE);
  }
}
