package io.dislog.operator.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.Standing;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnwellTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Instant LATER = NOON.plus(Unwell.WHILE);

  private final Unwell unwell = new Unwell();

  @Test
  void aNodeAilsThatWasNotWellForAWhile() {
    Situation at = Standing.of(3, 3).silent(1).situation();
    assertThat(unwell.mark("c", at, NOON).ailing()).isEmpty();
    assertThat(unwell.mark("c", at, LATER.minusSeconds(1)).ailing()).isEmpty();
    assertThat(unwell.mark("c", at, LATER).ailing()).containsExactly(1);
    assertThat(unwell.mark("another", at, LATER).ailing()).isEmpty();
  }

  @Test
  void aNodeThatWasWellMeanwhileBeginsAnew() {
    Situation at = Standing.of(3, 3).silent(1).situation();
    unwell.mark("c", at, NOON);
    unwell.mark("c", Standing.of(3, 3).situation(), NOON.plusSeconds(5));
    assertThat(unwell.mark("c", at, LATER).ailing()).isEmpty();
  }

  @Test
  void aClusterThatIsGoneIsForgotten() {
    Situation at = Standing.of(3, 3).silent(1).situation();
    unwell.mark("c", at, NOON);
    unwell.keep(List.of("another"));
    assertThat(unwell.mark("c", at, LATER).ailing()).isEmpty();
  }
}
