package io.dislog.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.crd.DislogClusterSpec;
import io.dislog.operator.crd.LogSpec;
import io.dislog.operator.crd.RetentionSpec;
import io.dislog.operator.node.SettingsOutcome.Failure;
import io.dislog.operator.node.StubNode.Answer;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** In which order settings are brought, so that no retention between two steps takes too much. */
final class SettingsSyncTest {

  private static final String REFUSAL =
      "{\"type\":\"/problems/log-failed\",\"status\":503,\"detail\":\"it is"
          + " damaged\",\"retryable\":false}";

  @Test
  void logsGetTheirOwnBeforeTheDefaultsChangeAndGiveItBackAfterwards() throws IOException {
    try (StubNode stub = new StubNode(SettingsSyncTest::answer);
        Nodes nodes = Clusters.nodes(stub)) {
      SettingsOutcome outcome = bring(nodes, "1h", log("keeps", "30d"), log("gives-back", null));
      assertThat(outcome.failures()).isEmpty();
      assertThat(changes(stub))
          .containsExactly(
              "PATCH /v1/logs/keeps {\"retention\":{\"maxAge\":\"30d\"}}",
              "PATCH /v1/defaults {\"retention\":{\"maxAge\":\"1h\"}}",
              "PATCH /v1/logs/gives-back {\"retention\":{\"maxAge\":null}}");
      assertThat(outcome.changed())
          .containsExactly(
              "log keeps: retention.maxAge is 30d",
              "the defaults: retention.maxAge is 1h",
              "log gives-back: retention.maxAge is the default");
    }
  }

  @Test
  void aLogThatDoesNotGetItsOwnKeepsTheDefaultAsItIs() throws IOException {
    try (StubNode stub =
            new StubNode(asked ->
                asked.equals("PATCH /v1/logs/keeps") ? new Answer(503, REFUSAL) : answer(asked));
        Nodes nodes = Clusters.nodes(stub)) {
      SettingsOutcome outcome = bring(nodes, "1h", log("keeps", "30d"), log("gives-back", null));
      assertThat(changes(stub))
          .containsExactly("PATCH /v1/logs/keeps {\"retention\":{\"maxAge\":\"30d\"}}");
      assertThat(outcome.isRefused()).isTrue();
      assertThat(outcome.message())
          .isEqualTo(
              "log keeps: node demo-0 refuses with 503: it is damaged; the defaults:"
                  + " retention.maxAge waits until the logs named here have theirs");
    }
  }

  @Test
  void aLogThatCannotBeLookedAtKeepsTheDefaultAsItIs() throws IOException {
    try (StubNode stub =
            new StubNode(asked ->
                asked.startsWith("GET /v1/logs/keeps?")
                    ? new Answer(503, REFUSAL)
                    : answer(asked));
        Nodes nodes = Clusters.nodes(stub)) {
      bring(nodes, "1h", log("keeps", "30d"));
      assertThat(changes(stub)).isEmpty();
    }
  }

  @Test
  void logsGiveNothingBackToDefaultsThatDidNotChange() throws IOException {
    try (StubNode stub =
            new StubNode(asked ->
                asked.equals("PATCH /v1/defaults")
                    ? new Answer(507, "{\"retryable\":true}")
                    : answer(asked));
        Nodes nodes = Clusters.nodes(stub)) {
      SettingsOutcome outcome = bring(nodes, "60d", log("gives-back", null));
      assertThat(changes(stub))
          .containsExactly("PATCH /v1/defaults {\"retention\":{\"maxAge\":\"60d\"}}");
      assertThat(outcome.failures())
          .containsExactly(new Failure("the defaults", "node demo-0 refuses with 507", true));
      assertThat(outcome.isRefused()).isFalse();
    }
  }

  @Test
  void withoutAReadyNodeNothingIsApplied() {
    SettingsOutcome outcome = SettingsSync.bring(spec("1h"), Specs.noFiniteLogs(), List.of());
    assertThat(outcome.isApplied()).isFalse();
    assertThat(outcome.message()).isEqualTo("the defaults: no node is ready");
  }

  /** A service whose default is 7 days, and whose log {@code gives-back} says 30 days. */
  private static Answer answer(String asked) {
    String own = asked.contains("gives-back") ? "{\"retention\":{\"maxAge\":\"30d\"}}" : "{}";
    if (asked.startsWith("GET /v1/logs/")) {
      String name = asked.replaceFirst("GET /v1/logs/([^?]*).*", "$1");
      return new Answer(200, "{\"name\":\"%s\",\"config\":%s}".formatted(name, own));
    }
    if (asked.startsWith("GET /v1/defaults")) {
      return new Answer(200, "{\"retention\":{\"maxAge\":\"7d\"}}");
    }
    return new Answer(
        200, "{\"id\":\"demo-0\",\"address\":\"a:1\",\"retention\":{\"interval\":\"30s\"}}");
  }

  private static SettingsOutcome bring(Nodes nodes, String maxAge, LogSpec... logs) {
    return SettingsSync.bring(
        spec(maxAge, logs), Specs.noFiniteLogs(), List.of(nodes.of(Clusters.named("demo"), 0)));
  }

  private static DislogClusterSpec spec(String maxAge, LogSpec... logs) {
    return Specs.of(null, retention(maxAge), logs);
  }

  private static LogSpec log(String name, @Nullable String maxAge) {
    return new LogSpec(name, null, maxAge == null ? null : retention(maxAge), null);
  }

  private static RetentionSpec retention(String maxAge) {
    return new RetentionSpec(maxAge, null, null, null, null, null, null);
  }

  private static List<String> changes(StubNode stub) {
    return stub.asked().stream().filter(asked -> !asked.startsWith("GET")).toList();
  }
}
