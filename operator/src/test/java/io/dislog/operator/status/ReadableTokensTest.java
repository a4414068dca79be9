package io.dislog.operator.status;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.Standing;
import io.dislog.operator.TestClusters;
import io.dislog.operator.claims.ClaimGrowth;
import io.dislog.operator.crd.AuthSpec;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.node.SettingsOutcome;
import io.dislog.operator.observation.Observation;
import io.dislog.operator.observation.Situation;
import io.dislog.operator.plan.Plan;
import io.dislog.operator.status.Events.ClusterEvent;
import io.dislog.operator.sync.SyncResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** That whoever closes logs and leaves tokens readable is told. */
class ReadableTokensTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final DislogCluster cluster = TestClusters.of("here", 3);

  ReadableTokensTest() {
    cluster.getMetadata().setGeneration(4L);
  }

  @Test
  void openLogsNeedNoTokens() {
    assertThat(ready(report())).isEqualTo("3 of 3 nodes are ready");
  }

  @Test
  void closedLogsNeedEncryption() {
    DislogClusterStatus open = report();
    cluster.setSpec(TestClusters.spec(3, new AuthSpec(null, null)));
    DislogClusterStatus closed = report();
    assertThat(ready(closed)).isEqualTo("3 of 3 nodes are ready; " + ReadableTokens.MESSAGE);
    assertThat(Events.of(open, closed))
        .containsExactly(new ClusterEvent(true, ReadableTokens.REASON, ReadableTokens.MESSAGE));
  }

  private static String ready(DislogClusterStatus status) {
    return Conditions.find(requireNonNull(status.conditions()), Conditions.READY)
        .orElseThrow()
        .getMessage();
  }

  /** The status as it becomes, which the resource then has. */
  private DislogClusterStatus report() {
    Situation at = Standing.of(3, 3).situation();
    SyncResult sync =
        new SyncResult(
            Optional.of(new SettingsOutcome(List.of(), List.of())),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            null,
            null,
            List.of());
    Observation seen =
        new Observation(
            cluster,
            new TreeMap<>(),
            new TreeMap<>(),
            Map.of(),
            Map.of(),
            List.of(),
            at.membership());
    Outcome outcome = new Outcome(at, Plan.of(at), Optional.empty(), ClaimGrowth.NONE, sync);
    DislogClusterStatus status = new StatusReport(cluster, NOON).of(seen, outcome);
    cluster.setStatus(status);
    return status;
  }
}
