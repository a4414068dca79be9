package io.dislog.operator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.api.NodeReport;
import io.dislog.api.StorageState;
import io.dislog.kit.Await;
import io.dislog.operator.FakeController;
import io.dislog.operator.FakeService;
import io.dislog.operator.NodeFault;
import io.dislog.operator.TestClusters;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.node.Nodes;
import io.dislog.operator.observation.Observation;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How soon it is noticed that a volume fills up, and how little is asked for that. */
class VolumeWatchTest {

  private static final long GIBI = 1L << 30;

  private final DislogCluster cluster = TestClusters.of("here", 1);
  private final FakeService service = new FakeService();
  private final Nodes nodes = new Nodes(service, Await.PATIENCE);
  private final VolumeWatch watch = new VolumeWatch(nodes);
  private final List<ResourceID> events = new CopyOnWriteArrayList<>();

  @BeforeEach
  void begin() {
    cluster.getMetadata().setUid("uid");
    service.members().start(0, 1);
    watch.setEventHandler(event -> events.add(event.getRelatedCustomResourceID()));
    watch.start();
  }

  @AfterEach
  void end() {
    watch.stop();
    nodes.close();
    service.close();
  }

  @Test
  void aVolumeThatComesUnderPressureIsNoticedAndOneThatGetsOutOfIt() throws Exception {
    service.storage("{\"capacityBytes\":1000,\"usedBytes\":100,\"state\":\"ok\"}");
    watch.follow(seen(100, StorageState.OK));
    service.storage("{\"capacityBytes\":1000,\"usedBytes\":300,\"state\":\"pressure\"}");
    Await.until(() -> "it is told", () -> !events.isEmpty());
    assertThat(events.getFirst()).isEqualTo(ResourceID.fromResource(cluster));
    watch.follow(seen(300, StorageState.PRESSURE));
    service.storage("{\"capacityBytes\":1000,\"usedBytes\":100,\"state\":\"ok\"}");
    int before = events.size();
    Await.until(() -> "so is the relief", () -> events.size() > before);
  }

  @Test
  void aNodeThatGaveNoAnswerIsAskedAgainSoon() {
    AtomicInteger asked = new AtomicInteger();
    service.befalls(0, NodeFault.NONSENSE, request -> asked.incrementAndGet() == 1);
    service.storage("{\"capacityBytes\":1000,\"usedBytes\":300,\"state\":\"pressure\"}");
    watch.follow(seen(100, StorageState.OK));
    Await.until("it is told", Duration.ofSeconds(20), () -> !events.isEmpty());
    assertThat(asked).hasValueGreaterThan(1);
  }

  @Test
  void aLargeVolumeNeedNotBeAskedOften() {
    assertThat(VolumeWatch.pause(List.of())).hasSeconds(30);
    assertThat(pause(1000 * GIBI, 10 * GIBI)).isEqualTo(30_000);
    assertThat(pause(10 * GIBI, GIBI)).isBetween(29_000L, 30_000L);
    assertThat(pause(10 * GIBI, 8 * GIBI)).isBetween(3_000L, 5_000L);
    assertThat(pause(128 << 20, 1 << 20)).isEqualTo(1_000);
    assertThat(pause(10 * GIBI, 10 * GIBI)).isEqualTo(1_000);
  }

  private static long pause(long capacity, long used) {
    List<NodeReport> reports = new ArrayList<>();
    reports.add(report(new NodeReport.Storage(1000 * GIBI, 0)));
    reports.add(report(new NodeReport.Storage(capacity, used)));
    return VolumeWatch.pause(reports).toMillis();
  }

  private Observation seen(long used, StorageState state) {
    return service
        .members()
        .seenBy(
            new int[] {0},
            cluster,
            Map.of(0, report(new NodeReport.Storage(1000, used, 0, state))));
  }

  private static NodeReport report(NodeReport.Storage storage) {
    String id = FakeController.podName(0);
    return new NodeReport(id, id, true, true, "", "1", storage, null);
  }
}
