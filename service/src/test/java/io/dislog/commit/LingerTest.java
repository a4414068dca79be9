package io.dislog.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The next round waits for those who were answered, and for nobody else. */
final class LingerTest {

  private static final long FOR_EVER = TimeUnit.HOURS.toNanos(1);

  private final Linger linger = new Linger(FOR_EVER, FOR_EVER);

  @Test
  void nobodyWaitsBeforeAnythingWasAnswered() throws InterruptedException {
    arrive(1);

    assertThat(end(awaiting())).isTrue();
  }

  @Test
  void oneClientAloneNeverWaits() throws InterruptedException {
    for (int round = 0; round < 3; round++) {
      arrive(1);
      assertThat(end(awaiting())).isTrue();
      linger.leave(1);
      linger.answered(1);
    }
  }

  @Test
  void halvesComeTogether() throws InterruptedException {
    arrive(32);
    linger.leave(32);
    arrive(32); // Of the others, meanwhile.
    linger.answered(32);

    arrive(31);
    Thread held = awaiting();
    Await.until("it is held", () -> held.getState() == Thread.State.TIMED_WAITING);
    arrive(1);

    assertThat(end(held)).isTrue();
  }

  @Test
  void whoDoesNotComeBackIsWaitedForAMoment() throws InterruptedException {
    Linger brief = new Linger(TimeUnit.MILLISECONDS.toNanos(5), FOR_EVER);
    brief.answered(2);
    brief.arrives();

    assertThat(end(Thread.ofPlatform().daemon().start(brief::await))).isTrue();
  }

  @Test
  void anEntryIsNotHeldForLongWhileOthersKeepComing() throws InterruptedException {
    Linger brief = new Linger(FOR_EVER, TimeUnit.MILLISECONDS.toNanos(5));
    brief.answered(1_000_000);
    brief.arrives();

    assertThat(end(Thread.ofPlatform().daemon().start(brief::await))).isTrue();
  }

  private void arrive(int items) {
    for (int i = 0; i < items; i++) {
      linger.arrives();
    }
  }

  private Thread awaiting() {
    return Thread.ofPlatform().daemon().start(linger::await);
  }

  private static boolean end(Thread awaiting) throws InterruptedException {
    return awaiting.join(Duration.ofMinutes(1));
  }
}
