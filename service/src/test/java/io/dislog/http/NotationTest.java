package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.api.ByteSize;
import io.dislog.api.Digits;
import io.dislog.api.Span;
import io.dislog.http.notation.Time;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes, durations, times and numbers as clients write them. */
final class NotationTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "65536, 65536",
    "64Ki, 65536",
    "256Mi, 268435456",
    "50Gi, 53687091200",
    "1Ti, 1099511627776",
    "0Ki, 0",
    "8388607Ti, 9223370937343148032"
  })
  void sizes(String text, long bytes) {
    assertThat(ByteSize.parse(text)).hasValue(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Ki",
        "-1",
        "+1",
        "1K",
        "1KB",
        "1ki",
        "1 Ki",
        "1.5Mi",
        "1e3",
        "8388608Ti",
        "9223372036854775808",
        "1Pi",
        "\u0661"
      })
  void noSizes(String text) {
    assertThat(ByteSize.parse(text)).isEmpty();
  }

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
