package io.dislog.operator.status;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.Standing;
import io.dislog.operator.TestClusters;
import io.dislog.operator.crd.AuthSpec;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.status.Events.ClusterEvent;
import org.junit.jupiter.api.Test;

/** That whoever closes logs and leaves tokens readable is told. */
class ReadableTokensTest {

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

  private DislogClusterStatus report() {
    return Reported.report(cluster, Standing.of(3, 3));
  }
}
