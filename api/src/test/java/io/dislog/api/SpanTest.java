package io.dislog.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpanTest {

  @ParameterizedTest
  @CsvSource({
    "45s, 45000, 45s",
    "30m, 1800000, 30m",
    "12h, 43200000, 12h",
    "7d, 604800000, 7d",
    "24h, 86400000, 1d",
    "60s, 60000, 1m",
    "90s, 90000, 90s",
    "0s, 0, 0s"
  })
  void durations(String text, long millis, String printed) {
    assertThat(Span.parse(text)).hasValue(millis);
    assertThat(Span.print(millis)).isEqualTo(printed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s",
        "5",
        "-5s",
        "+5s",
        "5S",
        "5 s",
        "5ms",
        "1.5h",
        "1h30m",
        "PT5S",
        "106751991168d",
        "99999999999999999999s"
      })
  void noDurations(String text) {
    assertThat(Span.parse(text)).isEmpty();
  }
}
