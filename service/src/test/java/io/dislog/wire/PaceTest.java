package io.dislog.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PaceTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Pace pace = new Pace();
  private long now = -5 * SECOND;

  @Test
  void whoSendsNothingHasTenSeconds() {
    pace.begin(now);
    assertThat(pace.left(now + 10 * SECOND - 1)).isPositive();
    assertThat(pace.left(now + 10 * SECOND)).isZero();
  }

  @Test
  void whoSendsAKibibyteASecondIsWaitedFor() {
    pace.begin(now);
    for (int second = 0; second < 1000; second++) {
      now += SECOND;
      assertThat(pace.left(now)).isPositive();
      pace.add(1024, now);
    }
  }

  @Test
  void whoSendsLessIsNot() {
    pace.begin(now);
    int seconds = 0;
    while (pace.left(now) > 0) {
      now += SECOND;
      seconds++;
      pace.add(512, now);
    }
    assertThat(seconds).isEqualTo(20);
  }

  @Test
  void muchThatCameAtOnceBuysTenSecondsAndNoMore() {
    pace.begin(now);
    now += SECOND;
    pace.add(32 << 20, now);
    assertThat(pace.left(now)).isEqualTo(10 * SECOND);
  }
}
