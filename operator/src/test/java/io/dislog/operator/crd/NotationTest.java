package io.dislog.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.api.ByteSize;
import io.dislog.api.Setting;
import io.dislog.api.Span;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API server lets pass the service reads. */
final class NotationTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "999999999999999999",
        "999999999999999Ki",
        "999999999999Mi",
        "999999999Gi",
        "999999Ti"
      })
  void theLargestSizesAreSizesOfTheService(String text) {
    assertThat(text).matches(SizeRule.SIZE);
    assertThat(Setting.RETENTION_MAX_BYTES.allows(ByteSize.parse(text).orElseThrow())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1s", "9999999999s", "999999999m", "9999999h", "999999d"})
  void theLongestDurationsAreDurationsOfTheService(String text) {
    assertThat(text).matches(SpanRule.SPAN);
    assertThat(Setting.RETENTION_MAX_AGE.allows(Span.parse(text).orElseThrow())).isTrue();
  }
}
