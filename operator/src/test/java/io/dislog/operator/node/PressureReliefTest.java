package io.dislog.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.crd.StorageStatus;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What is done about a full volume where what a node says makes little sense. */
final class PressureReliefTest {

  @Test
  void aNodeThatTellsTheSamePageAgainAndAgainIsNotAskedForEver() throws Exception {
    try (StubNode stub = new StubNode(200, "{\"logs\":[],\"next\":\"orders\"}");
        Nodes nodes = Clusters.nodes(stub)) {
      NodeClient node = nodes.of(Clusters.named("demo"), 0);
      Volume volume = new Volume("demo-0", new StorageStatus(100, 95));
      PressureRelief pressureRelief =
          Assertions.assertTimeoutPreemptively(
              Duration.ofMinutes(1), () -> PressureRelief.of(volume, node));
      assertThat(pressureRelief.message()).contains("no log holds anything");
      assertThat(stub.asked()).hasSize(2);
    }
  }
}
