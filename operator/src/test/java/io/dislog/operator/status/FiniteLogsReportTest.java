package io.dislog.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.Standing;
import io.dislog.operator.TestClusters;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.crd.FiniteLogStatus;
import io.dislog.operator.status.Events.ClusterEvent;
import java.time.Instant;
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

  private DislogClusterStatus report(Standing standing, FiniteLogStatus... logs) {
    return Reported.report(cluster, standing, logs);
  }
}
