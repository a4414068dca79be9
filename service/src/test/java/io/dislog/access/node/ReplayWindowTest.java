package io.dislog.access.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That each count is taken once. */
final class ReplayWindowTest {

  private final ReplayWindow window = new ReplayWindow();

  @Test
  void countsAreTakenOnceInWhateverOrder() {
    for (long count : new long[] {1, 3, 2, 100, 64, 63, 65, ReplayWindow.SIZE}) {
      assertThat(window.take(count)).as("%d", count).isTrue();
      assertThat(window.take(count)).as("%d again", count).isFalse();
    }
    assertThat(window.take(0)).isFalse();
    assertThat(window.take(-1)).isFalse();
  }

  @Test
  void whatIsFarBehindIsRefused() {
    assertThat(window.take(ReplayWindow.SIZE + 5L)).isTrue();
    assertThat(window.take(5)).isFalse();
    assertThat(window.take(6)).isTrue();
    assertThat(window.take(10L * ReplayWindow.SIZE)).isTrue();
    assertThat(window.take(ReplayWindow.SIZE + 5L)).isFalse();
    assertThat(window.take(9L * ReplayWindow.SIZE + 1)).isTrue();
  }

  @Test
  void anyOrderMatchesASetOfAllThatWasSeen() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Set<Long> seen = new HashSet<>();
    long newest = 0;
    for (int i = 0; i < 200_000; i++) {
      long step = random.nextInt(50) == 0 ? random.nextInt(3 * ReplayWindow.SIZE) : 3;
      long count = Math.max(1, newest + 1 + step - random.nextInt(2 * ReplayWindow.SIZE / 100));
      boolean isInside = count > newest - ReplayWindow.SIZE;
      newest = Math.max(newest, count);
      assertThat(window.take(count)).as("seed %d", seed).isEqualTo(isInside && seen.add(count));
    }
  }
}
