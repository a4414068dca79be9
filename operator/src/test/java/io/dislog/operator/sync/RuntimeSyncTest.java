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
import io.dislog.operator.crd.DislogClusterSpec;
import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.crd.FiniteLogStatus;
import io.dislog.operator.crd.LogSpec;
import io.dislog.operator.crd.RetentionSpec;
import io.dislog.operator.node.Nodes;
import io.dislog.operator.observation.Observation;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * When the running service is looked after, and what becomes of that where a node fails to answer.
 */
class RuntimeSyncTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final String DEFAULTS = "GET /v1/defaults?config=own";

  private final DislogCluster cluster = TestClusters.of("here", 2);
  private final FakeService service = new FakeService();
  private final Nodes nodes = new Nodes(service, Await.PATIENCE);
  private final RuntimeSync sync =
      new RuntimeSync(nodes, new SimpleMeterRegistry(), InstantSource.fixed(NOON));

  @BeforeEach
  void begin() {
    cluster.getMetadata().setUid("uid");
    cluster.getMetadata().setGeneration(1L);
    service.members().start(0, 2);
    service.members().start(1, 2);
    TestClusters.keepFor(cluster, "7d");
  }

  @AfterEach
  void end() {
    nodes.close();
    service.close();
  }

  @Test
  void settingsAreBroughtOnce() {
    assertThat(look(NOON).settings().orElseThrow().changed())
        .containsExactly("the defaults: retention.maxAge is 7d");
    assertThat(service.defaults()).isEqualTo("{\"retention\":{\"maxAge\":\"7d\"}}");
    assertThat(look(NOON.plusSeconds(9)).settings().orElseThrow().changed()).isEmpty();
  }

  @Test
  void whatNobodyChangedIsNotLookedAtEachTime() {
    look(NOON);
    assertThat(look(NOON.plusSeconds(8)).settings()).isEmpty();
    assertThat(look(NOON.plusSeconds(9)).settings()).isPresent();
  }

  @Test
  void aChangeOfTheResourceIsBroughtAtOnce() {
    look(NOON);
    TestClusters.keepFor(cluster, "9d");
    cluster.getMetadata().setGeneration(2L);
    assertThat(look(NOON.plusSeconds(1)).settings()).isPresent();
    assertThat(service.defaults()).contains("9d");
  }

  @Test
  void aNodeThatCameBackIsLookedAfterAtOnce() {
    SyncResult synced = sync.look(seen(0), NOON);
    assertThat(synced.settings()).isPresent();
    assertThat(sync.look(seen(0), NOON.plusSeconds(1)).settings()).isEmpty();
    assertThat(look(NOON.plusSeconds(2)).settings()).isPresent();
  }

  @Test
  void whatFailedIsTriedAgainTheNextTime() {
    for (int node = 0; node < 2; node++) {
      service.befalls(node, NodeFault.BUSY, request -> request.startsWith("PATCH"));
    }
    SyncResult sync = look(NOON);
    assertThat(sync.isWaiting()).isTrue();
    assertThat(sync.settings().orElseThrow().message())
        .isEqualTo("the defaults: node demo-0 refuses with 503: try again later");
    service.heal();
    assertThat(look(NOON.plusSeconds(1)).settings().orElseThrow().isApplied()).isTrue();
  }

  @Test
  void anotherNodeIsAskedWhereOneDoesNotAnswer() {
    service.befalls(0, NodeFault.NONSENSE, DEFAULTS::equals);
    assertThat(look(NOON).settings().orElseThrow().isApplied()).isTrue();
    assertThat(service.defaults()).contains("7d");
  }

  @Test
  void theLogsAreToldByWhoeverAnswers() {
    service.befalls(0, NodeFault.HALF, request -> request.startsWith("GET /v1/logs"));
    assertThat(look(NOON).logs()).isEmpty();
    service.befalls(1, NodeFault.HALF, request -> request.startsWith("GET /v1/logs"));
    assertThat(look(NOON).logs()).as("nobody knows").isNull();
  }

  @Test
  void theLimitsOfAllLogsCountHoweverManyThereAre() {
    service.logs().add(2_500);
    TestClusters.keepUpTo(cluster, "1Ki");
    SyncResult sync = look(NOON);
    assertThat(sync.warning().orElseThrow())
        .startsWith("the limits of 2500 logs together allow 2.4Mi, and a volume holds 100 bytes");
    assertThat(sync.logs()).as("in the status").hasSize(100);
  }

  @Test
  void nodesThatAreNotReadyAreToldAndRelievedToo() {
    Map<Integer, NodeReport> reports = new HashMap<>();
    for (int node = 0; node < 2; node++) {
      String id = FakeController.podName(node);
      NodeReport.Storage full = new NodeReport.Storage(100, 50, 0, StorageState.FULL);
      reports.put(node, new NodeReport(id, id, false, true, "waits", "1", full, null));
    }
    SyncResult synced =
        sync.look(service.members().seenBy(new int[] {0, 1}, cluster, reports), NOON);
    assertThat(synced.settings().orElseThrow().isApplied()).isTrue();
    assertThat(service.defaults()).contains("7d");
    assertThat(synced.relief().orElseThrow()).contains("no log holds anything");
  }

  @Test
  void aLogThatHasExpiredByTheTimeOfDayIsToldAndAllowsNothing() {
    name(new LogSpec("over", null, null, null, null, null, NOON.toString()), null);
    SyncResult sync = look(NOON.minusSeconds(9));
    assertThat(sync.finiteLogs()).containsExactly(new FiniteLogStatus("over", true));
    assertThat(sync.warning()).isEmpty();
    name(new LogSpec("next", null, null, null, null, null, NOON.plusSeconds(1).toString()), null);
    sync = look(NOON);
    assertThat(sync.finiteLogs()).containsExactly(new FiniteLogStatus("next", false));
    assertThat(sync.warning().orElseThrow()).startsWith("the limits of one log allow 1Ki");
  }

  @Test
  void whatWasSaidOfALogThatEndsIsSaidOnWhilePausedForAsLongAsItIsNamed() {
    FiniteLogStatus over = new FiniteLogStatus("over", true);
    cluster.setStatus(
        new DislogClusterStatus(
            1L, 2, 2, null, null, null, null, null, null, null, null, List.of(over)));
    name(new LogSpec("over", null, null, null, null, "30m", null), true);
    assertThat(look(NOON).finiteLogs()).containsExactly(over);
    name(new LogSpec("other", null, null, null, null, "30m", null), true);
    assertThat(look(NOON).finiteLogs()).isEmpty();
  }

  /** Has the resource name one log, which may hold 1Ki. */
  private void name(LogSpec log, @Nullable Boolean paused) {
    DislogClusterSpec spec = cluster.getSpec();
    RetentionSpec retention =
        new RetentionSpec(null, new IntOrString("1Ki"), null, null, null, null, null);
    cluster.setSpec(
        new DislogClusterSpec(
            2,
            8,
            null,
            spec.storage(),
            null,
            retention,
            List.of(log),
            null,
            null,
            null,
            null,
            paused));
    cluster.getMetadata().setGeneration(cluster.getMetadata().getGeneration() + 1);
  }

  @Test
  void nothingIsBroughtWhilePaused() {
    TestClusters.pause(cluster);
    SyncResult sync = look(NOON);
    assertThat(sync.settings()).isEmpty();
    assertThat(sync.logs()).isNotNull();
    assertThat(service.defaults()).isEqualTo("{}");
  }

  @Test
  void nothingIsBroughtToANodeThatDoesNotBelongToTheCluster() {
    service.members().remove(1);
    service.members().remove(1);
    service.members().remove(1);
    service.befalls(1, NodeFault.ERROR, request -> true);
    assertThat(look(NOON).settings().orElseThrow().isApplied()).isTrue();
  }

  @Test
  void aFullVolumeOfWhichNoNodeCanTellMoreIsToldAllTheSame() {
    for (int node = 0; node < 2; node++) {
      service.befalls(node, NodeFault.BUSY, request -> request.startsWith("GET /v1/logs"));
    }
    SyncResult sync = look(NOON, 95);
    assertThat(sync.isUnderPressure()).isTrue();
    assertThat(sync.relief().orElseThrow())
        .isEqualTo(
            "the volume of node demo-0 is 95 % full (95 bytes of 100 bytes); node demo-1 refuses"
                + " with 503: try again later");
  }

  @Test
  void aClusterOfTheSameNameThatIsMadeAnewIsLookedAfterAnew() {
    look(NOON);
    sync.keep(List.of());
    assertThat(look(NOON.plusSeconds(1)).settings()).isPresent();
  }

  private SyncResult look(Instant now) {
    return look(now, 10);
  }

  private SyncResult look(Instant now, int percent) {
    return sync.look(seen(percent, new int[] {0, 1}), now);
  }

  private Observation seen(int... ready) {
    return seen(10, ready);
  }

  private Observation seen(int percent, int[] ready) {
    Map<Integer, NodeReport> reports = new HashMap<>();
    for (int node : ready) {
      String id = FakeController.podName(node);
      NodeReport.Storage storage = new NodeReport.Storage(100, node == 0 ? percent : 10);
      reports.put(node, new NodeReport(id, id, true, true, "", "1", storage, null));
    }
    return service.members().seenBy(new int[] {0, 1}, cluster, reports);
  }
}
