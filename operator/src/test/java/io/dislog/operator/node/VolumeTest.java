package io.dislog.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.api.NodeReport;
import io.dislog.api.StorageState;
import io.dislog.operator.crd.StorageStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which volume is full first, and when somebody should do something. */
final class VolumeTest {

  @Test
  void theFullestIsTheOneWithTheLargestShareUsed() {
    Volume fullest =
        Volume.fullest(
                List.of(
                    report("demo-0", new NodeReport.Storage(1000, 500)),
                    report("demo-1", new NodeReport.Storage(100, 60)),
                    report("demo-2", null)))
            .orElseThrow();
    assertThat(fullest.node()).isEqualTo("demo-1");
    assertThat(fullest.percent()).isEqualTo(60);
    assertThat(Volume.fullest(List.of(report("demo-0", null)))).isEmpty();
  }

  @Test
  void ninetyPercentArePressure() {
    assertThat(new Volume("demo-0", new StorageStatus(1000, 899)).isUnderPressure()).isFalse();
    assertThat(new Volume("demo-0", new StorageStatus(1000, 900)).isUnderPressure()).isTrue();
    assertThat(new Volume("demo-0", new StorageStatus(0, 0)).isUnderPressure()).isFalse();
  }

  @Test
  void aNodeKnowsSoonerThanItsPercentage() {
    List<NodeReport> reports =
        List.of(
            report("demo-0", new NodeReport.Storage(1000, 500, 0, StorageState.OK)),
            report("demo-1", new NodeReport.Storage(1000, 400, 0, StorageState.PRESSURE)));
    Volume fullest = Volume.fullest(reports).orElseThrow();
    assertThat(fullest.node()).isEqualTo("demo-1");
    assertThat(fullest.isUnderPressure()).isTrue();
    assertThat(fullest.toString())
        .endsWith("40 % full (400 bytes of 1000 bytes), and fills up within seconds");
    assertThat(
            Volume.fullest(
                    List.of(
                        report("demo-0", new NodeReport.Storage(1000, 10, 0, StorageState.FULL))))
                .orElseThrow()
                .isUnderPressure())
        .isTrue();
  }

  @Test
  void aVolumeIsDescribedForPeople() {
    assertThat(new Volume("demo-0", new StorageStatus(10L << 30, (10L << 30) / 100 * 93)))
        .hasToString("the volume of node demo-0 is 92 % full (9.2Gi of 10Gi)");
  }

  private static NodeReport report(String id, NodeReport.@Nullable Storage storage) {
    return new NodeReport(id, "a:1", true, true, "", null, storage, null);
  }
}
