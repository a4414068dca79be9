package io.dislog.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.Standing;
import io.dislog.operator.TestClusters;
import io.dislog.operator.claims.ClaimGrowth;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.crd.FiniteLogStatus;
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

/** What is told of logs that end by themselves. */
class FiniteLogsReportTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final FiniteLogStatus THERE = new FiniteLogStatus("session", false);
  private static final FiniteLogStatus EXPIRED = new FiniteLogStatus("session", true);

  private final DislogCluster cluster = TestClusters.of("here", 3);

  FiniteLogsReportTest() {
    cluster.getMetadata().setGeneration(4L);
  }

  @Test
  void aClusterWithoutSuchLogsSaysNothing() {
    assertThat(report(Standing.of(3, 3)).finiteLogs()).isNull();
  }

  @Test
  void whatWasCreatedIsToldWhateverIsGoingOn() {
    assertThat(report(Standing.of(3, 3), THERE).finiteLogs()).containsExactly(THERE);
    assertThat(report(Standing.of(3, 4), EXPIRED).finiteLogs()).containsExactly(EXPIRED);
    assertThat(report(Standing.of(3, 4)).finiteLogs()).as("no longer named").isNull();
  }

  @Test
  void whatWasKnownBeforeAFailureStays() {
    report(Standing.of(3, 3), EXPIRED);
    assertThat(new StatusReport(cluster, NOON).failed(new IllegalStateException("no")).finiteLogs())
        .containsExactly(EXPIRED);
  }

  @Test
  void thatALogHasExpiredIsAnEventOnce() {
    DislogClusterStatus before = report(Standing.of(3, 3), THERE);
    DislogClusterStatus after = report(Standing.of(3, 3), EXPIRED);
    assertThat(Events.of(before, after))
        .containsExactly(
            new ClusterEvent(
                false,
                "LogExpired",
                "log session has expired: it is created again only if it is removed from spec.logs"
                    + " and added again"));
    assertThat(Events.of(after, after)).isEmpty();
  }

  /** The status as it becomes, which the resource then has. */
  private DislogClusterStatus report(Standing standing, FiniteLogStatus... logs) {
    Situation at = standing.situation();
    SyncResult sync =
        new SyncResult(
            Optional.of(new SettingsOutcome(List.of(), List.of())),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            null,
            null,
            List.of(logs));
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
