package io.dislog.raft.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Nobody who is woken sleeps on. */
final class WakeupTest {

  private static final long FOR_EVER = TimeUnit.HOURS.toNanos(1);

  private final Wakeup signal = new Wakeup();

  @Test
  void whoWaitsIsWoken() throws InterruptedException {
    Thread waiting = Thread.ofPlatform().daemon().start(() -> signal.await(FOR_EVER));
    Await.until("it waits", () -> waiting.getState() == Thread.State.TIMED_WAITING);

    signal.give();

    assertThat(waiting.join(Duration.ofMinutes(1))).isTrue();
  }

  @Test
  void whoWaitsOnlyLaterIsWokenOnce() throws InterruptedException {
    signal.give();
    signal.give();
    AtomicInteger woken = new AtomicInteger();

    Thread waiting =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              signal.await(FOR_EVER);
              woken.incrementAndGet();
              signal.await(FOR_EVER);
            });

    Await.until("it is woken", () -> woken.get() == 1);
    Await.until("it waits again", () -> waiting.getState() == Thread.State.TIMED_WAITING);
    signal.give();
    assertThat(waiting.join(Duration.ofMinutes(1))).isTrue();
  }
}
