package io.dislog.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes for people. */
final class ByteSizeTest {

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
