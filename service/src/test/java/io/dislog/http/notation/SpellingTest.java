package io.dislog.http.notation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpellingTest {

  private static final List<String> KNOWN =
      List.of("offset", "time", "consumer", "limit", "maxBytes", "wait", "clamp", "consistency");

  @ParameterizedTest
  @CsvSource({
    "ofset, offset",
    "OFFSET, offset",
    "offfset, offset",
    "offste, offset",
    "maxbytes, maxBytes",
    "max_bytes, maxBytes",
    "max-Bytes, maxBytes",
    "Consumers, consumer",
    "wai, wait",
    "foo,",
    "x,",
    "before,",
    "consistencyconsistencyconsistency,"
  })
  void theNearestIsMeantWhereOneIsNear(String word, @Nullable String meant) {
    assertThat(Spelling.nearest(word, KNOWN)).isEqualTo(meant);
  }
}
