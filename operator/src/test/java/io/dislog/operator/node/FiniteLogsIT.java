package io.dislog.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.crd.FiniteLogStatus;
import io.dislog.operator.crd.LogSpec;
import io.dislog.operator.process.NodeProcesses;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running service takes and answers what a resource says of the end of logs. */
final class FiniteLogsIT {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir static Path folder;

  private static NodeProcesses processes;
  private static Nodes nodes;
  private static NodeClient node;

  private final DislogCluster cluster = Clusters.named("demo");

  @BeforeAll
  static void start() throws Exception {
    processes = new NodeProcesses("demo", folder, "dislog.raft.shards=2");
    nodes = Clusters.nodes(processes);
    node = nodes.of(Clusters.named("demo"), 0);
    processes.start(0, 1);
    Await.until(PATIENCE, processes::said, () -> node.report().ready());
    // It refuses, for now, until it knows that all nodes can do this.
    DislogCluster cluster = Clusters.named("demo");
    cluster.setSpec(Specs.of(null, null, log("first", null, "1d", null)));
    FiniteLogs finite = FiniteLogs.of(cluster, null, Instant.now());
    Await.until(
        PATIENCE,
        processes::said,
        () -> SettingsSync.bring(cluster.getSpec(), finite, List.of(node)).isApplied());
  }

  @AfterAll
  static void end() throws Exception {
    nodes.close();
    processes.close();
  }

  @Test
  void aLogThatNobodyUsesExpiresAndIsNotCreatedAgain() throws Exception {
    LogSpec log = log("session", "application/json", "1s", null);
    assertThat(bring(log).changed()).containsExactly("log session is created");
    Await.until(PATIENCE, processes::said, () -> node.ownOf("session").isEmpty());
    assertThat(bring(log)).isEqualTo(new SettingsOutcome(List.of(), List.of()));
    assertThat(node.ownOf("session")).isEmpty();
    assertThat(told()).containsExactly(new FiniteLogStatus("session", true));
    bring();
    assertThat(bring(log).changed()).containsExactly("log session is created");
  }

  @Test
  void whatMeansTheSameIsNoDifference() {
    String soon = Instant.now().plusSeconds(3600).toString();
    bring(
        log("lasting", "Text/Plain; charset=utf-8", "1800s", null), log("trial", null, null, soon));
    assertThat(
            bring(
                log("lasting", "text/plain;charset=UTF-8", "30m", null),
                log("trial", null, null, soon.replace("Z", "+00:00"))))
        .isEqualTo(new SettingsOutcome(List.of(), List.of()));
    assertThat(told())
        .containsExactly(
            new FiniteLogStatus("lasting", false), new FiniteLogStatus("trial", false));
  }

  @Test
  void whatALogWasCreatedWithStaysUntilItIsDeleted() throws Exception {
    bring(log("orders", "text/plain", "30m", null));
    SettingsOutcome outcome = bring(log("orders", null, "1h", null));
    assertThat(outcome.message())
        .startsWith(
            "log orders: it was created with contentType text/plain instead of no contentType and"
                + " ttl 30m instead of ttl 1h, which can't be changed");
    assertThat(node.ownOf("orders").orElseThrow().config().path("ttl").textValue())
        .isEqualTo("30m");
  }

  @Test
  void aTimeThatHasPassedByTheNodesClockAloneIsNoFailure() {
    Instant now = Instant.now();
    LogSpec log = log("over", null, null, now.toString());
    assertThat(bring(now.minusSeconds(30), log))
        .isEqualTo(new SettingsOutcome(List.of(), List.of()));
    assertThat(told()).containsExactly(new FiniteLogStatus("over", true));
  }

  private SettingsOutcome bring(LogSpec... logs) {
    return bring(Instant.now(), logs);
  }

  private SettingsOutcome bring(Instant now, LogSpec... logs) {
    cluster.setSpec(Specs.of(null, null, logs));
    FiniteLogs finite = FiniteLogs.of(cluster, null, now);
    SettingsOutcome outcome = SettingsSync.bring(cluster.getSpec(), finite, List.of(node));
    cluster.setStatus(
        new DislogClusterStatus(
            1L, 1, 1, null, null, null, null, null, null, null, null, finite.told()));
    return outcome;
  }

  private @Nullable List<FiniteLogStatus> told() {
    return cluster.getStatus().finiteLogs();
  }

  private static LogSpec log(
      String name, @Nullable String contentType, @Nullable String ttl, @Nullable String expiresAt) {
    return new LogSpec(name, null, null, null, contentType, ttl, expiresAt);
  }
}
