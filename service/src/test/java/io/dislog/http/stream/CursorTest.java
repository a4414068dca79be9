package io.dislog.http.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dislog.http.exchange.ProblemException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CursorTest {

  private static final long NOW = Instant.parse("2024-10-09T00:33:59Z").toEpochMilli();
  private static final long INTERVAL = 101;

  private final Random random = new Random(4);

  @Test
  void whoHasNoneGetsTheNumberOfThePresentInterval() {
    assertThat(Cursor.of(null).next(NOW, random)).isEqualTo(Long.toString(INTERVAL));
    assertThat(Cursor.of(null).next(NOW + 1000, random)).isEqualTo(Long.toString(INTERVAL + 1));
  }

  @Test
  void whoHasAnEarlierOneGetsIt() {
    assertThat(Cursor.of("100").next(NOW, random)).isEqualTo("101");
    assertThat(Cursor.of("0").next(NOW, random)).isEqualTo("101");
  }

  @Test
  void whoHasItGetsOneThatLiesAheadByUpToAnHour() {
    boolean differs = false;
    for (int i = 0; i < 1000; i++) {
      long next = Long.parseLong(Cursor.of("101").next(NOW, random));
      assertThat(next).isBetween(INTERVAL + 1, INTERVAL + 180);
      differs |= next > INTERVAL + 90;
    }
    assertThat(differs).as("whether they are spread").isTrue();
  }

  @Test
  void whoIsAheadGetsFurther() {
    assertThat(Long.parseLong(Cursor.of("5000").next(NOW, random))).isGreaterThan(5000);
    assertThat(Long.parseLong(Cursor.of("9007199254740991").next(NOW, random)))
        .isGreaterThan(9007199254740991L);
  }

  @Test
  void aClockBeforeTheFirstIntervalGivesNoNegativeOne() {
    assertThat(Cursor.of(null).next(0, random)).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "1.5", "9007199254740992"})
  void whatIsNoNumberIsRefused(String text) {
    assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> Cursor.of(text));
  }
}
