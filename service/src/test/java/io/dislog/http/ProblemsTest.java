package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.shard.Refusal;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class ProblemsTest {

  @Test
  void whatWasCertainlyNotDoneIsToldFromWhatMayHaveBeen() {
    Problem certain = Problems.of(new CompletionException(new Refusal.NoLeader("no", true)));
    assertThat(certain.type()).isEqualTo(ProblemType.NO_LEADER);
    assertThat(certain.headers()).containsEntry("Dislog-Not-Leader", "true");
    Problem uncertain = Problems.of(new Refusal.NoLeader("no"));
    assertThat(uncertain.headers()).containsOnlyKeys("Retry-After");
  }
}
