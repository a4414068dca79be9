package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.api.Digits;
import io.dislog.http.notation.Time;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes, durations, times and numbers as clients write them. */
final class NotationTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T12:14:05.120Z, 1795349645120",
    "2026-11-22t12:14:05z, 1795349645000",
    "2026-11-22T13:14:05.120+01:00, 1795349645120",
    "2026-11-22T12:14:05.1200001Z, 1795349645121",
    "1795349645120, 1795349645120",
    "1969-12-31T23:59:59Z, 0",
    "0, 0"
  })
  void times(String text, long millis) {
    assertThat(Time.parse(text)).hasValue(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "now",
        "2026-11-22",
        "2026-11-22T12:14Z",
        "2026-11-22T12:14:05",
        "2026-13-01T00:00:00Z",
        "2026-11-22 12:14:05Z",
        "2026-11-22T25:00:00Z",
        "1e3"
      })
  void noTimes(String text) {
    assertThat(Time.parse(text)).isEqualTo(OptionalLong.empty());
  }

  @ParameterizedTest
  @CsvSource({"0, 1970-01-01T00:00:00.000Z", "1795349645120, 2026-11-22T12:14:05.120Z"})
  void timesArePrintedWithMilliseconds(long millis, String text) {
    assertThat(Time.print(millis)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+5",
        "-0",
        "5.0",
        "1e3",
        " 5",
        "0x5",
        "9223372036854775808",
        "100000000000000000000"
      })
  void noNumbers(String text) {
    assertThat(Digits.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "007, 7",
    "9223372036854775807, 9223372036854775807",
    "00000000000000000000000001, 1"
  })
  void numbers(String text, long number) {
    assertThat(Digits.parse(text)).hasValue(number);
  }
}
