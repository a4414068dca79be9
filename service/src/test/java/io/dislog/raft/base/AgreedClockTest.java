package io.dislog.raft.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One clock that is off does not decide. */
final class AgreedClockTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final long DAYS = Duration.ofDays(3).toMillis();

  private final AtomicLong nanos = new AtomicLong(Duration.ofHours(1).toNanos());
  private final AgreedClock clock = new AgreedClock("n1", NOW, nanos::get);

  @BeforeEach
  void threeMembers() {
    clock.members(3);
  }

  @Test
  void itsOwnJumpIsOutvoted() {
    clock.hear("n2", NOW + 5);
    clock.hear("n3", NOW - 5);

    clock.hear("n1", NOW + DAYS);

    assertThat(clock.millis()).isEqualTo(NOW + 5);
    assertThat(clock.ownAhead()).isEqualTo(Duration.ofMillis(DAYS - 5));
  }

  @Test
  void anothersJumpIsOutvoted() {
    clock.hear("n2", NOW + DAYS);
    clock.hear("n3", NOW - DAYS);

    assertThat(clock.millis()).isEqualTo(NOW);
    assertThat(clock.ownAhead()).isZero();
  }

  @Test
  void ofTwoTheEarlierCounts() {
    clock.hear("n2", NOW - DAYS);

    assertThat(clock.millis()).isEqualTo(NOW - DAYS);
  }

  @Test
  void itGoesOnByItself() {
    nanos.addAndGet(Duration.ofSeconds(7).toNanos());

    assertThat(clock.millis()).isEqualTo(NOW + 7_000);
  }

  @Test
  void aMajorityMustHaveBeenHeardOf() {
    assertThat(clock.isAgreed()).isFalse();

    clock.hear("n2", NOW);

    assertThat(clock.isAgreed()).isTrue();
    clock.members(5);
    assertThat(clock.isAgreed()).isFalse();
  }

  @Test
  void whoIsSilentHasNoVoice() {
    clock.hear("n2", NOW - DAYS);
    nanos.addAndGet(Duration.ofSeconds(61).toNanos());

    clock.hear("n1", NOW + 61_000);

    assertThat(clock.millis()).isEqualTo(NOW + 61_000);
    assertThat(clock.isAgreed()).isFalse();
  }

  @Test
  void aLoneNodeAgreesWithItself() {
    clock.members(1);

    assertThat(clock.isAgreed()).isTrue();
    assertThat(clock.millis()).isEqualTo(NOW);
  }
}
