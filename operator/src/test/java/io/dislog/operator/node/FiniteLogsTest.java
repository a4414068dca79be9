package io.dislog.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.crd.FiniteLogStatus;
import io.dislog.operator.crd.LogSpec;
import io.dislog.operator.crd.RetentionSpec;
import io.dislog.operator.node.SettingsOutcome.Failure;
import io.dislog.operator.node.StubNode.Answer;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Logs that end by themselves are created once, and what they were created with stays. */
final class FiniteLogsTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final String ID = "6f1c";
  private static final String PATH = "/v1/logs/session";
  private static final String REFUSAL =
      "{\"type\":\"/problems/invalid-config\",\"detail\":\"it has passed\",\"retryable\":false}";

  /** What the logs that are there say themselves, by their paths. */
  private final Map<String, String> there = new ConcurrentHashMap<>();

  private final StubNode stub;
  private final Nodes nodes;
  private final DislogCluster cluster = Clusters.named("demo");
  private volatile int refused;

  FiniteLogsTest() throws IOException {
    stub = new StubNode(this::answer);
    nodes = Clusters.nodes(stub);
  }

  @AfterEach
  void end() {
    nodes.close();
    stub.close();
  }

  @Test
  void aLogIsCreatedWithWhatItCanOnlyBeGivenThen() {
    assertThat(bring(log("application/json", "30m", null)).changed())
        .containsExactly("log session is created");
    assertThat(changes())
        .containsExactly(
            "PUT /v1/logs/session {\"contentType\":\"application/json\",\"ttl\":\"30m\"}");
    assertThat(told()).containsExactly(new FiniteLogStatus("session", false));
  }

  @Test
  void aLogThatHasATypeAndNoEndIsNotTold() {
    bring(log("application/json", null, null));
    assertThat(changes())
        .containsExactly("PUT /v1/logs/session {\"contentType\":\"application/json\"}");
    assertThat(told()).isEmpty();
  }

  @Test
  void aLogWhoseTimeHasPassedIsNotCreatedAndNoFailure() {
    SettingsOutcome outcome = bring(log(null, null, "2026-01-01T13:00:00+01:00"));
    assertThat(outcome).isEqualTo(new SettingsOutcome(List.of(), List.of()));
    assertThat(changes()).isEmpty();
    assertThat(told()).containsExactly(new FiniteLogStatus("session", true));
  }

  @Test
  void aLogWhoseTimeHasPassedAndThatIsThereStillHasNotExpired() {
    there.put(PATH, "{\"expiresAt\":\"2026-01-01T12:00:00.000Z\"}");
    bring(log(null, null, "2026-01-01T12:00:00Z"));
    assertThat(told()).containsExactly(new FiniteLogStatus("session", false));
  }

  @Test
  void aLogThatIsDeletedBeforeItsTimeIsCreatedAgain() {
    LogSpec log = log(null, null, "2026-01-01T12:00:01Z");
    bring(log);
    there.clear();
    bring(log);
    assertThat(changes()).hasSize(2);
    assertThat(told()).containsExactly(new FiniteLogStatus("session", false));
  }

  @Test
  void aNodesClockMayBeAhead() {
    refused = 400;
    SettingsOutcome outcome = bring(log(null, null, "2026-01-01T12:00:59Z"));
    assertThat(outcome.failures()).isEmpty();
    assertThat(told()).containsExactly(new FiniteLogStatus("session", true));
  }

  @Test
  void whatANodeRefusesForOtherReasonsIsAFailure() {
    refused = 400;
    assertThat(bring(log(null, null, "2026-01-01T12:02:00Z")).failures())
        .containsExactly(
            new Failure("log session", "node demo-0 refuses with 400: it has passed", false));
    refused = 507;
    assertThat(bring(log(null, null, "2026-01-01T12:00:59Z")).isApplied()).isFalse();
    assertThat(told()).isEmpty();
  }

  @Test
  void aLogThatWasNotReadForItsTtlIsNotCreatedAgain() {
    LogSpec log = log(null, "30m", null);
    bring(log);
    bring(log);
    there.clear();
    for (int look = 0; look < 3; look++) {
      assertThat(bring(log)).isEqualTo(new SettingsOutcome(List.of(), List.of()));
      assertThat(told()).containsExactly(new FiniteLogStatus("session", true));
    }
    assertThat(changes()).hasSize(1);
  }

  @Test
  void aLogThatSomebodyCreatedAfterItExpiredIsThereAgain() {
    LogSpec log = log(null, "30m", null);
    bring(log);
    there.clear();
    bring(log);
    there.put(PATH, "{\"ttl\":\"30m\"}");
    bring(log);
    assertThat(told()).containsExactly(new FiniteLogStatus("session", false));
  }

  @Test
  void aLogThatIsRemovedAndAddedIsCreatedAnew() {
    LogSpec log = log(null, "30m", null);
    bring(log);
    there.clear();
    bring(log);
    bring();
    assertThat(told()).isEmpty();
    bring(log);
    assertThat(changes()).hasSize(2);
    assertThat(told()).containsExactly(new FiniteLogStatus("session", false));
  }

  @Test
  void aLogOfDataThatAreLostIsCreatedAnew() {
    LogSpec log = log(null, "30m", null);
    bring(log);
    there.clear();
    cluster.setSpec(Specs.of(null, null, log));
    FiniteLogs finite = FiniteLogs.of(cluster, "another", NOON);
    SettingsSync.bring(cluster.getSpec(), finite, List.of(nodes.of(cluster, 0)));
    assertThat(changes()).hasSize(2);
    assertThat(finite.told()).containsExactly(new FiniteLogStatus("session", false));
  }

  @Test
  void whatIsNotKnownOfALogIsSaidOn() {
    LogSpec log = log(null, "30m", null);
    bring(log);
    there.clear();
    bring(log);
    refused = 503;
    assertThat(bring(log).isApplied()).isFalse();
    assertThat(told()).containsExactly(new FiniteLogStatus("session", true));
  }

  @Test
  void whatALogWasCreatedWithStaysAndIsToldInOneSentence() {
    there.put(PATH, "{\"ttl\":\"1h\",\"retention\":{\"maxAge\":\"1d\"}}");
    RetentionSpec retention = new RetentionSpec("2d", null, null, null, null, null, null);
    LogSpec log = new LogSpec("session", null, retention, null, null, "30m", null);
    SettingsOutcome outcome = bring(log);
    assertThat(outcome.isRefused()).isTrue();
    assertThat(outcome.message())
        .isEqualTo(
            "log session: it was created with ttl 1h instead of ttl 30m, which can't be changed:"
                + " put that into spec.logs, or delete the log with its records, and the operator"
                + " creates it as spec.logs says");
    assertThat(changes())
        .as("what can be changed is")
        .containsExactly("PATCH /v1/logs/session {\"retention\":{\"maxAge\":\"2d\"}}");
    assertThat(told()).isEmpty();
  }

  @Test
  void aLogThatWasAnotherIsCreatedOnceItIsGone() {
    there.put(PATH, "{\"ttl\":\"30m\",\"contentType\":\"text/plain\"}");
    LogSpec log = log("application/json", "30m", null);
    bring(log);
    there.clear();
    assertThat(bring(log).changed()).containsExactly("log session is created");
  }

  @Test
  void whatIsWrittenOtherwiseAndMeansTheSameIsLeftAsItIs() {
    there.put(PATH, "{\"ttl\":\"30m\",\"contentType\":\"application/json\"}");
    assertThat(bring(log("Application/Json", "1800s", null)))
        .isEqualTo(new SettingsOutcome(List.of(), List.of()));
    assertThat(changes()).isEmpty();
  }

  private SettingsOutcome bring(LogSpec... logs) {
    cluster.setSpec(Specs.of(null, null, logs));
    FiniteLogs finite = FiniteLogs.of(cluster, ID, NOON);
    SettingsOutcome outcome =
        SettingsSync.bring(cluster.getSpec(), finite, List.of(nodes.of(cluster, 0)));
    cluster.setStatus(status(finite.told()));
    return outcome;
  }

  private static DislogClusterStatus status(List<FiniteLogStatus> finite) {
    return new DislogClusterStatus(1L, 1, 1, null, null, null, null, null, null, null, ID, finite);
  }

  private @Nullable List<FiniteLogStatus> told() {
    return cluster.getStatus().finiteLogs();
  }

  private static LogSpec log(
      @Nullable String contentType, @Nullable String ttl, @Nullable String expiresAt) {
    return new LogSpec("session", null, null, null, contentType, ttl, expiresAt);
  }

  /** A closed log that is a stream, as a newer service may describe one. */
  private Answer answer(String asked) {
    String path = asked.replaceFirst("[A-Z]+ ([^?]*).*", "$1");
    if (!path.startsWith("/v1/logs/")) {
      return new Answer(
          200, "{\"id\":\"demo-0\",\"address\":\"a:1\",\"retention\":{\"interval\":\"30s\"}}");
    }
    if (refused == 503 || (refused != 0 && asked.startsWith("PUT"))) {
      return new Answer(refused, REFUSAL);
    }
    if (asked.startsWith("PUT")) {
      there.put(path, lastBody());
    }
    String config = there.get(path);
    return config == null
        ? new Answer(404, "{\"type\":\"/problems/unknown-log\"}")
        : new Answer(
            200,
            "{\"name\":\"session\",\"config\":%s,\"closed\":true,\"path\":\"a/B\"}"
                .formatted(config));
  }

  /** What was sent with the request that is being answered. */
  private String lastBody() {
    return stub.asked().getLast().split(" ", 3)[2];
  }

  private List<String> changes() {
    return stub.asked().stream().filter(asked -> !asked.startsWith("GET")).toList();
  }
}
