package io.dislog.http.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dislog.command.OffsetSpec;
import io.dislog.http.exchange.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StreamOffsetTest {

  @Test
  void offsetsSortAsTexts() {
    assertThat(StreamOffset.print(0)).isEqualTo("00000000000000000000");
    assertThat(StreamOffset.print(9)).isLessThan(StreamOffset.print(10));
    assertThat(StreamOffset.print(10)).isLessThan(StreamOffset.print(Long.MAX_VALUE));
  }

  @Test
  void whatIsPrintedIsRead() {
    for (long offset : new long[] {0, 1, 42, Long.MAX_VALUE}) {
      assertThat(StreamOffset.parse(StreamOffset.print(offset)))
          .isEqualTo(new OffsetSpec.At(offset));
    }
  }

  @Test
  void twoWordsAreTheEnds() {
    assertThat(StreamOffset.parse(null)).isEqualTo(new OffsetSpec.Earliest());
    assertThat(StreamOffset.parse("-1")).isEqualTo(new OffsetSpec.Earliest());
    assertThat(StreamOffset.parse("now")).isEqualTo(new OffsetSpec.Latest());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-2",
        "NOW",
        "0000000000000000000",
        "000000000000000000001",
        "99999999999999999999",
        "0000000000000000000x",
        "+0000000000000000001",
        "0000000000000000,001"
      })
  void anythingElseIsRefused(String text) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> StreamOffset.parse(text))
        .satisfies(e -> assertThat(e.problem().status()).isEqualTo(400));
  }
}
