package io.dislog.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LibraryLoadTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  private final AtomicInteger sent = new AtomicInteger();

  @Test
  void asManyClientsWaitAtOnceAsAreAskedForUntilSoManyAnswersCount() throws IOException {
    CountDownLatch waiting = new CountDownLatch(8);
    Run run =
        new LibraryLoad(new Span(Duration.ZERO, LONG, 80))
            .run(
                8,
                () -> {
                  sent.incrementAndGet();
                  waiting.countDown();
                  assertThat(waiting.await(1, TimeUnit.MINUTES)).isTrue();
                });
    assertThat(run.count()).isBetween(80L, 87L);
    assertThat(run.answered()).isEqualTo(sent.get());
  }

  @Test
  void answersOfTheWarmUpDoNotCount() throws IOException {
    Duration warmUp = Duration.ofSeconds(1);
    Span span = new Span(warmUp, Duration.ofSeconds(1), Long.MAX_VALUE);
    long begin = System.nanoTime();
    AtomicInteger early = new AtomicInteger();
    Run run =
        new LibraryLoad(span)
            .run(
                1,
                () -> {
                  sent.incrementAndGet();
                  TimeUnit.MILLISECONDS.sleep(1); // What a server takes to answer.
                  if (System.nanoTime() - begin < warmUp.dividedBy(2).toNanos()) {
                    early.incrementAndGet();
                  }
                });
    assertThat(early).hasPositiveValue();
    assertThat(run.count()).isPositive().isLessThanOrEqualTo(sent.get() - early.get());
  }

  @Test
  void aRequestThatFailsEndsTheRun() {
    LibraryLoad load = new LibraryLoad(Span.of(LONG));
    assertThatThrownBy(() ->
            load.run(
                4,
                () -> {
                  if (sent.incrementAndGet() == 100) {
                    throw new IOException("there is no room");
                  }
                }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("there is no room");
  }
}
