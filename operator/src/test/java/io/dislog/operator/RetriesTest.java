package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.retry.RetryExecution;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetriesTest {

  @Test
  void whatFailsIsTriedAgainLaterAndLaterAndForEver() {
    RetryExecution failing = new Retries().initExecution();
    assertThat(Stream.generate(() -> failing.nextDelay().orElseThrow()).limit(1000).distinct())
        .containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L);
  }
}
