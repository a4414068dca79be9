package io.dislog.operator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.crd.StorageStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FillingTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final Filling filling = new Filling();

  @Test
  void aVolumeThatFillsIsFullWhenItGoesOnSo() {
    filling.note("a", used(100), NOON);
    filling.note("a", used(200), NOON.plusSeconds(1000));
    assertThat(filling.full("a", used(200), NOON.plusSeconds(1000)))
        .contains(Duration.ofSeconds(8000));
  }

  @Test
  void nothingIsSaidWithoutGrowthNorTooSoonNorOfWhatWasNeverSeen() {
    filling.note("a", used(200), NOON);
    assertThat(filling.full("a", used(200), NOON.plusSeconds(1000))).isEmpty();
    assertThat(filling.full("a", used(100), NOON.plusSeconds(1000))).isEmpty();
    assertThat(filling.full("a", used(900), NOON.plusSeconds(10))).isEmpty();
    assertThat(filling.full("b", used(900), NOON)).isEmpty();
  }

  @Test
  void itGoesByTheLastDayAlone() {
    filling.note("a", used(100), NOON);
    Instant later = NOON.plus(Duration.ofHours(25));
    filling.note("a", used(500), later);
    assertThat(filling.full("a", used(500), later.plusSeconds(1000))).isEmpty();
    filling.keep(List.of());
    assertThat(filling.full("a", used(900), later.plusSeconds(1000))).isEmpty();
  }

  private static StorageStatus used(long bytes) {
    return new StorageStatus(1000, bytes);
  }
}
