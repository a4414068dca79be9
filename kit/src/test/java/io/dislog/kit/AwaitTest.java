package io.dislog.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class AwaitTest {

  private static final Duration SHORT = Duration.ofMillis(30);

  @Test
  void whatComesTrueIsWaitedFor() {
    AtomicInteger looks = new AtomicInteger();
    Await.until("it has been looked at thrice", () -> looks.incrementAndGet() == 3);
    assertThat(looks).hasValue(3);
  }

  @Test
  void whatNeverComesTrueIsTold() {
    assertThatThrownBy(() -> Await.until(() -> "it is so", SHORT, () -> false))
        .isInstanceOf(AssertionError.class)
        .hasMessage("not within PT0.03S: it is so");
    assertThat(Await.holdsWithin(SHORT, () -> false)).isFalse();
  }

  @Test
  void itIsLookedAtOnceThoughThereIsNoTime() {
    assertThat(Await.holdsWithin(Duration.ZERO, () -> true)).isTrue();
  }

  @Test
  void aFailureEndsTheWaiting() {
    assertThatThrownBy(() ->
            Await.until(
                "it is so",
                () -> {
                  throw new IOException("broken");
                }))
        .isInstanceOf(IOException.class)
        .hasMessage("broken");
  }

  @Test
  void whatStaysSoIsLookedAtAgainAndAgain() {
    AtomicInteger looks = new AtomicInteger();
    Await.keepsTrue("it stays so", SHORT, () -> looks.incrementAndGet() > 0);
    assertThat(looks).hasValueGreaterThan(1);
    assertThatThrownBy(
            () -> Await.keepsTrue("it stays so", Await.PATIENCE, () -> looks.getAndDecrement() > 0))
        .isInstanceOf(AssertionError.class)
        .hasMessage("not for all of PT1M: it stays so");
  }

  @Test
  void whoIsInterruptedWaitsNoMore() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Await.until("it is so", () -> false))
        .isInstanceOf(IllegalStateException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
