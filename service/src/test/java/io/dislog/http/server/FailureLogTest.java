package io.dislog.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class FailureLogTest {

  private final List<String> told = new ArrayList<>();
  private final AtomicLong time = new AtomicLong();
  private final FailureLog failures =
      new FailureLog((message, failure) -> told.add(message + ": " + failure), time::get);

  @Test
  void aFewFailuresAreToldWhole() {
    failures.tell(new IOException("no"), "A request failed", "4711");
    assertThat(told).containsExactly("A request failed, problem 4711: java.io.IOException: no");
  }

  @Test
  void manyAreCountedAndToldOfLater() {
    for (int i = 0; i < 1000; i++) {
      failures.tell(new IOException("no"), "A request failed", "4711");
    }
    assertThat(told).hasSize(20);
    time.addAndGet(TimeUnit.MINUTES.toNanos(1));
    failures.tell(new IOException("no"), "A request failed", "4712");
    assertThat(told).hasSize(22);
    assertThat(told.get(20)).startsWith("980 more requests have failed");
    assertThat(told.get(21)).contains("4712");
  }
}
