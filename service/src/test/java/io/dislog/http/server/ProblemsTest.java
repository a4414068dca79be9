package io.dislog.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.command.Rejection;
import io.dislog.http.exchange.Problem;
import io.dislog.http.notation.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class ProblemsTest {

  @Test
  void everyProblemHasTheStatusThatItsNamePromises() {
    Map<Integer, List<String>> promised =
        Map.ofEntries(
            Map.entry(
                400,
                List.of(
                    "bad-request",
                    "invalid-log-name",
                    "invalid-consumer-name",
                    "invalid-config",
                    "malformed-batch",
                    "empty-batch")),
            Map.entry(401, List.of("unauthenticated")),
            Map.entry(403, List.of("producer-fenced", "forbidden", "forbidden-origin")),
            Map.entry(
                404, List.of("not-found", "unknown-log", "unknown-record", "unknown-consumer")),
            Map.entry(405, List.of("method-not-allowed")),
            Map.entry(406, List.of("not-acceptable")),
            Map.entry(408, List.of("too-slow")),
            Map.entry(
                409,
                List.of("log-config-differs", "sequence-too-old", "sequence-gap", "log-closed")),
            Map.entry(410, List.of("offset-trimmed", "log-retired")),
            Map.entry(412, List.of("offset-mismatch", "consumer-moved")),
            Map.entry(413, List.of("record-too-large", "batch-too-large")),
            Map.entry(414, List.of("uri-too-long")),
            Map.entry(415, List.of("unsupported-media-type")),
            Map.entry(416, List.of("offset-beyond-end")),
            Map.entry(421, List.of("wrong-host")),
            Map.entry(429, List.of("too-busy", "too-many-producers")),
            Map.entry(431, List.of("headers-too-large")),
            Map.entry(500, List.of("internal")),
            Map.entry(503, List.of("no-leader", "not-ready", "too-many-files", "log-failed")),
            Map.entry(507, List.of("storage-full")));
    Set<Integer> retryable = Set.of(408, 429, 503, 507);
    for (ProblemType type : ProblemType.values()) {
      if (type.status() != 501) { // A coding that is unknown, which has no name of its own.
        assertThat(promised.getOrDefault(type.status(), List.of())).contains(type.slug());
      }
      assertThat(type.retryable())
          .as(type.slug())
          .isEqualTo(retryable.contains(type.status()) && type != ProblemType.LOG_FAILED);
    }
  }

  @Test
  void whatWasCertainlyNotDoneIsToldFromWhatMayHaveBeen() {
    Problem certain = Problems.of(new CompletionException(new Rejection.NoLeader("no", true)));
    assertThat(certain.type()).isEqualTo(ProblemType.NO_LEADER);
    assertThat(certain.headers()).containsEntry("Dislog-Not-Leader", "true");
    Problem uncertain = Problems.of(new Rejection.NoLeader("no"));
    assertThat(uncertain.headers()).containsOnlyKeys("Retry-After");
  }
}
