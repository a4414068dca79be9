package io.dislog.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class OpenRequestsTest {

  private final OpenRequests requests = new OpenRequests();

  @Test
  void aStopTellsThoseWhoWaitAndWaitsForThem() throws InterruptedException {
    CountDownLatch told = new CountDownLatch(1);
    assertThat(requests.enter()).isTrue();
    requests.onStop(told::countDown);
    Thread request =
        Thread.ofVirtual()
            .start(() -> {
              awaitQuietly(told);
              requests.leave();
            });
    assertThat(requests.stop(Duration.ofSeconds(30))).isTrue();
    assertThat(requests.enter()).isFalse();
    request.join();
  }

  @Test
  void aStopDoesNotWaitForever() throws InterruptedException {
    requests.enter();
    assertThat(requests.stop(Duration.ofMillis(1))).isFalse();
    CountDownLatch told = new CountDownLatch(1);
    requests.onStop(told::countDown);
    assertThat(told.getCount()).isZero();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
