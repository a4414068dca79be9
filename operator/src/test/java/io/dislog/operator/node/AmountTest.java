package io.dislog.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes and durations mean the same, however they are written. */
final class AmountTest {

  @ParameterizedTest
  @CsvSource({
    "1Gi, 1073741824",
    "1024Mi, 1073741824",
    "1073741824, 1073741824",
    "1Ti, 1099511627776",
    "24h, 86400000",
    "1d, 86400000",
    "86400s, 86400000",
    "1440m, 86400000",
    "8388607Ti, 9223370937343148032"
  })
  void anAmountIsReadInAnyUnit(String text, long amount) {
    assertThat(Amount.of(TextNode.valueOf(text))).hasValue(amount);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "",
        "Gi",
        "1G",
        "-1",
        "1.5Gi",
        "9000000Ti",
        "1w",
        " 1s",
        "9999999999999999999"
      })
  void whatIsNoAmountIsNone(String text) {
    assertThat(Amount.of(TextNode.valueOf(text))).isEmpty();
  }

  @Test
  void numbersAreBytes() {
    assertThat(Amount.of(LongNode.valueOf(1L << 40))).hasValue(1L << 40);
    assertThat(Amount.of(NullNode.instance)).isEmpty();
    assertThat(Amount.of(BooleanNode.TRUE)).isEmpty();
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
    assertThat(Amount.readable(bytes)).isEqualTo(text);
  }
}
