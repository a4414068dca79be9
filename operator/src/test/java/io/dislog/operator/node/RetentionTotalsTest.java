package io.dislog.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.api.NodeReport;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.crd.RetentionStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What retention did since a cluster was made, over the ends of nodes and of the operator. */
final class RetentionTotalsTest {

  private static final String NOON = "2026-11-22T12:00:00.000Z";
  private static final String MINUTE_LATER = "2026-11-22T12:01:00.000Z";
  private static final String HOUR_LATER = "2026-11-22T13:00:00.000Z";

  private final RetentionTotals totals = new RetentionTotals();
  private final DislogCluster cluster = Clusters.named("demo");

  @Test
  void replicasOfTheSameSegmentCountOnce() {
    assertThat(look(report("demo-0", NOON, 2, 20), report("demo-1", NOON, 2, 20)))
        .isEqualTo(new RetentionStatus(NOON, 2, 20));
    // One node is behind the other.
    assertThat(look(report("demo-0", NOON, 3, 30), report("demo-1", NOON, 2, 20)))
        .isEqualTo(new RetentionStatus(NOON, 3, 30));
    assertThat(look(report("demo-0", NOON, 3, 30), report("demo-1", NOON, 3, 30)))
        .isEqualTo(new RetentionStatus(NOON, 3, 30));
  }

  @Test
  void aNodeThatRestartedCountsOn() {
    look(report("demo-0", NOON, 2, 20));
    assertThat(look(report("demo-0", null, 0, 0))).isEqualTo(new RetentionStatus(NOON, 2, 20));
    assertThat(look(report("demo-0", MINUTE_LATER, 1, 10)))
        .isEqualTo(new RetentionStatus(MINUTE_LATER, 3, 30));
  }

  @Test
  void anOperatorThatRestartedGoesOnWithWhatTheStatusSays() {
    has(new RetentionStatus(NOON, 7, 70));
    assertThat(look(report("demo-0", NOON, 2, 20))).isEqualTo(new RetentionStatus(NOON, 7, 70));
    assertThat(look(report("demo-0", NOON, 3, 30), report("demo-1", NOON, 900, 9000)))
        .isEqualTo(new RetentionStatus(NOON, 8, 80));
  }

  @Test
  void aRunThatTookNothingIsNotToldEachTime() {
    look(report("demo-0", NOON, 2, 20));
    assertThat(look(report("demo-0", MINUTE_LATER, 2, 20)))
        .isEqualTo(new RetentionStatus(NOON, 2, 20));
    assertThat(look(report("demo-0", HOUR_LATER, 2, 20)))
        .isEqualTo(new RetentionStatus(HOUR_LATER, 2, 20));
  }

  @Test
  void withoutARunNothingIsTold() {
    assertThat(look()).isNull();
    assertThat(look(report("demo-0", null, 0, 0))).isNull();
    has(new RetentionStatus(NOON, 7, 70));
    assertThat(look()).isEqualTo(new RetentionStatus(NOON, 7, 70));
  }

  private @Nullable RetentionStatus look(NodeReport... reports) {
    RetentionStatus told = totals.status(cluster, List.of(reports));
    has(told);
    return told;
  }

  private void has(@Nullable RetentionStatus retention) {
    cluster.setStatus(
        new DislogClusterStatus(null, null, null, null, null, null, null, retention, null, null));
  }

  private static NodeReport report(
      String id, @Nullable String lastRun, long deletedSegments, long reclaimedBytes) {
    return new NodeReport(
        id,
        "a:1",
        true,
        true,
        "",
        null,
        null,
        new NodeReport.Retention("30s", lastRun, deletedSegments, reclaimedBytes));
  }
}
