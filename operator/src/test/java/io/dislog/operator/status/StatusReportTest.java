package io.dislog.operator.status;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.api.ClusterView;
import io.dislog.api.NodeReport;
import io.dislog.operator.Standing;
import io.dislog.operator.TestClusters;
import io.dislog.operator.claims.ClaimGrowth;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.crd.LogStatus;
import io.dislog.operator.crd.StorageStatus;
import io.dislog.operator.node.SettingsOutcome;
import io.dislog.operator.node.Volume;
import io.dislog.operator.observation.Observation;
import io.dislog.operator.observation.Situation;
import io.dislog.operator.plan.Plan;
import io.dislog.operator.sync.SyncResult;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What people and machines are told of a cluster, where it stands in whatever way. */
class StatusReportTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final String PROPOSAL = "delete consumers that are gone";

  private final DislogCluster cluster = TestClusters.of("here", 3);

  StatusReportTest() {
    cluster.getMetadata().setGeneration(4L);
  }

  @Test
  void aClusterThatIsWellSaysSo() {
    DislogClusterStatus status = report(Standing.of(3, 3), sync(applied(), 10, null));
    assertThat(status.observedGeneration()).isEqualTo(4);
    assertThat(status.replicas()).isEqualTo(3);
    assertThat(status.readyReplicas()).isEqualTo(3);
    assertThat(status.selector())
        .isEqualTo("app.kubernetes.io/name=dislog,app.kubernetes.io/instance=demo");
    assertThat(status.endpoint()).isEqualTo("http://demo.here.svc:8080");
    assertThat(status.storage()).isEqualTo(new StorageStatus(100, 10, "10 bytes"));
    assertThat(told(status))
        .containsExactly(
            "Ready True AllNodesReady 3 of 3 nodes are ready",
            "Progressing False Settled the cluster is as the resource says",
            "RetentionApplied True Applied what the resource says of retention is in force",
            "StoragePressure False EnoughRoom every volume has room",
            "ReconcileError False NoError nothing is in the way");
  }

  @Test
  void aNodeThatIsAwayIsNamedWithWhatIsWrongWithIt() {
    DislogClusterStatus status =
        report(
            Standing.of(3, 3).mute(2, "node demo-2 does not answer: request timed out"),
            sync(applied(), 10, null));
    assertThat(told(status))
        .contains(
            "Ready False Degraded 2 of 3 nodes are ready, and a quorum serves; demo-2: node demo-2"
                + " does not answer: request timed out");
    assertThat(condition(status, Conditions.PROGRESSING).getReason()).isEqualTo("Recovering");
  }

  @Test
  void damagedLogsAreToldThoughAllNodesServe() {
    String why = "logs that are damaged on this node: [orders]";
    DislogClusterStatus status =
        report(Standing.of(3, 3).says(1, true, true, why), sync(applied(), 10, null));
    assertThat(told(status))
        .contains("Ready True LogsDamaged 3 of 3 nodes are ready; demo-1: " + why);
    assertThat(
            Events.of(report(Standing.of(3, 3), sync(applied(), 10, null)), status).stream()
                .filter(Events.ClusterEvent::isWarning))
        .extracting(Events.ClusterEvent::reason)
        .containsExactly("LogsDamaged");
  }

  @Test
  void withoutAQuorumItIsSaidThatThereIsNone() {
    Condition ready =
        condition(
            report(Standing.of(3, 3).silent(1).silent(2), sync(null, 10, null)), Conditions.READY);
    assertThat(ready.getReason()).isEqualTo("Unavailable");
    assertThat(ready.getMessage())
        .contains("1 of 3 nodes are ready; only 1 of 3 members answer, which is not a quorum")
        .contains("demo-1: ContainerCreating; demo-2: ContainerCreating");
  }

  @Test
  void aNodeThatIsReadyAndNoMemberDoesNotCount() {
    DislogClusterStatus status =
        report(Standing.of(3, 3).unlisted(2).says(2), sync(applied(), 10, null));
    assertThat(condition(status, Conditions.READY).getMessage())
        .startsWith("2 of 3 nodes are ready");
  }

  @Test
  void whyAStepIsNotDoneIsSaidWithIt() {
    Standing standing = Standing.of(3, 4);
    DislogClusterStatus status =
        report(standing, Optional.of("node demo-0 refuses with 503"), sync(applied(), 10, null));
    assertThat(told(status))
        .contains(
            "Progressing True RemovingNode demo-3 is taken out; not yet: node demo-0 refuses with"
                + " 503");
  }

  @Test
  void settingsThatAreNotInForceAreToldByWhoCanChangeThat() {
    assertThat(told(report(Standing.of(3, 3), sync(failed(true), 10, null))))
        .contains("RetentionApplied False NotYet log orders: it won't");
    assertThat(told(report(Standing.of(3, 3), sync(failed(false), 10, null))))
        .contains("RetentionApplied False Refused log orders: it won't");
  }

  @Test
  void whatWasNotLookedAtIsSaidOn() {
    cluster.setStatus(report(Standing.of(3, 3), sync(failed(true), 95, PROPOSAL)));
    DislogClusterStatus status = report(Standing.of(3, 3), sync(null, 95, null));
    assertThat(told(status))
        .contains("RetentionApplied False NotYet log orders: it won't")
        .contains("StoragePressure True VolumeNearlyFull " + PROPOSAL);
  }

  @Test
  void aVolumeThatIsFullIsToldFrom90PercentOn() {
    assertThat(told(report(Standing.of(3, 3), sync(applied(), 89, null))))
        .contains("StoragePressure False EnoughRoom every volume has room");
    assertThat(told(report(Standing.of(3, 3), sync(applied(), 90, PROPOSAL))))
        .contains("StoragePressure True VolumeNearlyFull " + PROPOSAL);
  }

  @Test
  void pressureIsToldAtOnceThoughNobodyHasLookedYetWhatFillsTheVolume() {
    assertThat(told(report(Standing.of(3, 3), sync(null, 90, null))))
        .contains(
            "StoragePressure True VolumeNearlyFull the volume of node demo-0 is 90 % full (90 bytes"
                + " of 100 bytes)");
  }

  @Test
  void theClustersIdIsToldAndStaysWhereNobodyTellsIt() {
    Situation at = Standing.of(3, 3).situation();
    Outcome outcome =
        new Outcome(at, Plan.of(at), Optional.empty(), ClaimGrowth.NONE, sync(applied(), 10, null));
    Observation seen =
        new Observation(
            cluster,
            new TreeMap<>(),
            new TreeMap<>(),
            Map.of(),
            Map.of(),
            List.of(
                new ClusterView("demo-0", List.of(), List.of()),
                new ClusterView("demo-1", "6f1c", List.of(), List.of())),
            at.membership());
    DislogClusterStatus status = new StatusReport(cluster, NOON).of(seen, outcome);
    assertThat(status.clusterId()).isEqualTo("6f1c");
    cluster.setStatus(status);
    assertThat(report(Standing.of(3, 3), sync(applied(), 10, null)).clusterId()).isEqualTo("6f1c");
    assertThat(new StatusReport(cluster, NOON).failed(new IllegalStateException("no")).clusterId())
        .isEqualTo("6f1c");
  }

  @Test
  void aFailureIsToldAndWhatWasKnownBeforeStays() {
    DislogClusterStatus before = report(Standing.of(3, 3), sync(applied(), 10, null));
    cluster.setStatus(before);
    cluster.getMetadata().setGeneration(5L);
    DislogClusterStatus status =
        new StatusReport(cluster, NOON).failed(new IllegalStateException("no rights"));
    assertThat(status.observedGeneration()).as("nobody acted on 5").isEqualTo(4);
    assertThat(status.storage()).isEqualTo(before.storage());
    assertThat(condition(status, Conditions.READY)).isEqualTo(condition(before, Conditions.READY));
    assertThat(told(status)).contains("ReconcileError True Failed no rights");
  }

  @Test
  void claimsThatDoNotGrowAreAnError() {
    ClaimGrowth growth = new ClaimGrowth(List.of(), List.of("data-demo-0 stays at 1Gi"));
    Situation at = Standing.of(3, 3).situation();
    Outcome outcome =
        new Outcome(at, Plan.of(at), Optional.empty(), growth, sync(applied(), 10, null));
    DislogClusterStatus status = new StatusReport(cluster, NOON).of(seen(at, List.of()), outcome);
    assertThat(told(status))
        .contains("ReconcileError True VolumesNotGrown data-demo-0 stays at 1Gi");
  }

  @Test
  void theVersionIsTheOldestThatRunsAndNotTheFirstByItsText() {
    assertThat(version("0.10.0", "0.9.0", "0.10.0")).isEqualTo("0.9.0");
    assertThat(version("0.10.0", "0.10.0", "0.10.0")).isEqualTo("0.10.0");
    assertThat(version("1.0.0", "1.0.0-rc1", "1.0.0")).isEqualTo("1.0.0-rc1");
  }

  @Test
  void theVersionThatWasKnownStaysWhereNobodyTellsOfOne() {
    cluster.setStatus(
        new DislogClusterStatus(1L, 3, 3, null, "0.9.0", null, null, null, null, null));
    assertThat(version()).isEqualTo("0.9.0");
  }

  @Test
  void whatGrowsAllTheTimeIsNotToldWhileMuchIsGoingOn() {
    DislogClusterStatus before = report(Standing.of(3, 3), sync(applied(), 10, null));
    cluster.setStatus(before);
    assertThat(report(Standing.of(3, 4), sync(applied(), 11, null)).storage())
        .isEqualTo(before.storage());
    assertThat(report(Standing.of(3, 3), sync(applied(), 11, null)).storage())
        .isEqualTo(new StorageStatus(100, 11, "11 bytes"));
  }

  @Test
  void littleMoreOnAVolumeIsToldAlongWithSomethingElse() {
    DislogClusterStatus before = report(Standing.of(3, 3), used(5_000, 1));
    cluster.setStatus(before);
    assertThat(report(Standing.of(3, 3), used(5_099, 1))).isEqualTo(before);
    assertThat(told(5_100, 1)).isEqualTo(5_100);
    assertThat(told(5_001, 2)).isEqualTo(5_001);
  }

  private long told(long bytes, long endOffset) {
    return requireNonNull(report(Standing.of(3, 3), used(bytes, endOffset)).storage()).usedBytes();
  }

  private static SyncResult used(long bytes, long endOffset) {
    return new SyncResult(
        Optional.of(applied()),
        Optional.of(new Volume("demo-0", new StorageStatus(10_000, bytes))),
        Optional.empty(),
        Optional.empty(),
        null,
        List.of(new LogStatus("orders", 0, endOffset, 1, 1)),
        List.of());
  }

  private @Nullable String version(String... versions) {
    Situation at = Standing.of(3, 3).situation();
    Outcome outcome = Outcome.paused(at, sync(applied(), 10, null));
    return new StatusReport(cluster, NOON).of(seen(at, List.of(versions)), outcome).version();
  }

  private DislogClusterStatus report(Standing standing, SyncResult sync) {
    return report(standing, Optional.empty(), sync);
  }

  private DislogClusterStatus report(Standing standing, Optional<String> undone, SyncResult sync) {
    Situation at = standing.situation();
    Outcome outcome = new Outcome(at, Plan.of(at), undone, ClaimGrowth.NONE, sync);
    return new StatusReport(cluster, NOON).of(seen(at, List.of()), outcome);
  }

  private Observation seen(Situation at, List<String> versions) {
    Map<Integer, NodeReport> reports =
        IntStream.range(0, versions.size())
            .boxed()
            .collect(
                Collectors.toMap(
                    node -> node,
                    node ->
                        new NodeReport(
                            at.id(node), "", true, true, "", versions.get(node), null, null)));
    return new Observation(
        cluster, new TreeMap<>(), new TreeMap<>(), reports, Map.of(), List.of(), at.membership());
  }

  private static List<String> told(DislogClusterStatus status) {
    return conditions(status)
        .map(condition ->
            String.join(
                " ",
                condition.getType(),
                condition.getStatus(),
                condition.getReason(),
                condition.getMessage()))
        .toList();
  }

  private static Condition condition(DislogClusterStatus status, String type) {
    return conditions(status).filter(one -> one.getType().equals(type)).findFirst().orElseThrow();
  }

  private static Stream<Condition> conditions(DislogClusterStatus status) {
    return requireNonNull(status.conditions()).stream();
  }

  private static SyncResult sync(
      @Nullable SettingsOutcome settings, int percent, @Nullable String relief) {
    return new SyncResult(
        Optional.ofNullable(settings),
        Optional.of(new Volume("demo-0", new StorageStatus(100, percent))),
        Optional.ofNullable(relief),
        Optional.empty(),
        null,
        List.of(new LogStatus("orders", 0, percent, percent, 1)),
        List.of());
  }

  private static SettingsOutcome applied() {
    return new SettingsOutcome(List.of(), List.of());
  }

  private static SettingsOutcome failed(boolean retryable) {
    return new SettingsOutcome(
        List.of(), List.of(new SettingsOutcome.Failure("log orders", "it won't", retryable)));
  }
}
