package io.dislog.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteSizeTest {

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
    "0, 0 bytes",
    "1023, 1023 bytes",
    "1024, 1Ki",
    "1600, 1.5Ki",
    "268435456, 256Mi",
    "6549825126, 6Gi",
    "6604825126, 6.1Gi",
    "10737418240, 10Gi",
    "16106127360, 15Gi",
    "1099511627776, 1Ti",
    "9223372036854775807, 8388607Ti"
  })
  void bytesAreWrittenForPeople(long bytes, String text) {
    assertThat(ByteSize.readable(bytes)).isEqualTo(text);
  }
}
