package io.dislog.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dislog.api.ClusterView;
import io.dislog.api.LogDescription;
import io.dislog.api.NodeReport;
import io.dislog.operator.crd.DislogClusterSpec;
import io.dislog.operator.crd.LogDurability;
import io.dislog.operator.crd.LogSpec;
import io.dislog.operator.crd.RetentionSpec;
import io.dislog.operator.crd.SegmentSpec;
import io.dislog.operator.process.NodeProcesses;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A resource's settings reach a running service, and stay there. */
final class SettingsIT {

  /** What is promised for a change of the resource. */
  private static final Duration PROMISED = Duration.ofSeconds(10);

  /** A machine that stands still makes one late, and not all of them. */
  private static final int TRIES = 3;

  private static final Duration START = Duration.ofMinutes(5);

  private static final RetentionSpec RETENTION =
      new RetentionSpec("36h", new IntOrString("1Gi"), null, null, true, null, "2s");
  private static final LogSpec ORDERS =
      new LogSpec(
          "orders",
          new SegmentSpec(null, "none"),
          new RetentionSpec("30d", null, null, null, null, null, null),
          LogDurability.BUFFERED);

  @TempDir static Path folder;

  private static NodeProcesses processes;
  private static Nodes nodes;
  private static NodeClient node;

  @BeforeAll
  static void start() throws Exception {
    processes = new NodeProcesses("demo", folder, "dislog.raft.shards=2");
    nodes = Clusters.nodes(processes);
    node = nodes.of(Clusters.named("demo"), 0);
    processes.start(0, 1);
    awaitReady();
  }

  @AfterAll
  static void end() throws Exception {
    nodes.close();
    processes.close();
  }

  @BeforeEach
  void nothingIsSaid() throws Exception {
    bring(Specs.of(null, null));
  }

  @Test
  void aChangeIsInForceOnAllLogsInTime() throws Exception {
    node.createLog("by-hand", json("{}"));
    inTime(() -> {
      nothingIsSaid();
      long begun = System.nanoTime();
      SettingsOutcome outcome =
          bring(Specs.of(new SegmentSpec(new IntOrString(65536), "12h"), RETENTION, ORDERS));
      assertThat(outcome.failures()).isEmpty();
      return begun;
    });

    JsonNode plain = effective("by-hand");
    assertThat(plain.at("/segment").toString())
        .isEqualTo("{\"maxBytes\":65536,\"maxAge\":\"12h\"}");
    assertThat(plain.at("/retention/maxAge").textValue()).isEqualTo("36h");
    assertThat(plain.at("/retention/maxBytes").longValue()).isEqualTo(1L << 30);
    assertThat(plain.at("/retention/holdUnprocessed").booleanValue()).isTrue();
    JsonNode orders = effective("orders");
    assertThat(orders.at("/segment").toString()).isEqualTo("{\"maxBytes\":65536}");
    assertThat(orders.at("/retention/maxAge").textValue()).isEqualTo("30d");
    assertThat(orders.at("/retention/maxBytes").longValue()).isEqualTo(1L << 30);
    assertThat(orders.at("/durability").textValue()).isEqualTo("buffered");
    assertThat(interval()).isEqualTo("2s");
  }

  @Test
  void aLimitTakesWhatIsThereInTime() throws Exception {
    node.createLog("small", json("{\"segment\":{\"maxBytes\":\"4Ki\"}}"));
    Producer producer = new Producer(processes, 0);
    inTime(() -> {
      nothingIsSaid();
      for (int i = 0; i < 8; i++) {
        producer.append("small", "x".repeat(3000));
      }
      long begun = System.nanoTime();
      bring(
          Specs.of(
              null, new RetentionSpec(null, new IntOrString("8Ki"), null, null, null, null, "1s")));
      Await.until(START, processes::said, () -> described("small").bytes() <= 8192 + 4096);
      return begun;
    });
    Await.until(START, processes::said, () -> retention().deletedSegments() > 0);
  }

  /**
   * What is promised comes within that time, in one of a few rounds at least.
   *
   * @param round which waits for it, and says when it was asked for
   */
  private static void inTime(Callable<Long> round) throws Exception {
    List<Duration> took = new ArrayList<>();
    do {
      long begun = round.call();
      took.add(Duration.ofNanos(System.nanoTime() - begun));
    } while (took.size() < TRIES && took.getLast().compareTo(PROMISED) >= 0);
    assertThat(took.getLast()).as("%s", took).isLessThan(PROMISED);
  }

  @Test
  void nothingIsWrittenWhereNothingDiffers() throws Exception {
    DislogClusterSpec spec =
        Specs.of(new SegmentSpec(new IntOrString("1Mi"), "60m"), RETENTION, ORDERS);
    bring(spec);
    // Other words for the same.
    DislogClusterSpec same =
        Specs.of(
            new SegmentSpec(new IntOrString(1048576), "1h"),
            new RetentionSpec("2160m", new IntOrString("1024Mi"), null, null, true, null, "2s"),
            ORDERS);
    List<Long> before;
    int tries = 0;
    do { // Retention of an earlier test may still be writing.
      before = committed();
      for (int i = 0; i < 3; i++) {
        assertThat(bring(same)).isEqualTo(new SettingsOutcome(List.of(), List.of()));
      }
    } while (++tries < TRIES && !committed().equals(before));
    assertThat(committed()).isEqualTo(before);
    // That the index would have told.
    bring(Specs.of(null, RETENTION, ORDERS));
    assertThat(committed()).isNotEqualTo(before);
  }

  @Test
  void whatSomebodyChangedByHandIsPutBack() throws Exception {
    DislogClusterSpec spec = Specs.of(null, RETENTION, ORDERS);
    bring(spec);
    node.patchDefaults(
        json(
            "{\"retention\":{\"maxAge\":\"1h\"},\"segment\":{\"maxAge\":\"5m\"},\"maxRecordBytes\":2048}"));
    node.patchLog("orders", json("{\"retention\":{\"maxAge\":null,\"deleteProcessed\":true}}"));
    node.retainEvery("5m");

    SettingsOutcome outcome = bring(spec);

    assertThat(outcome.changed())
        .containsExactly(
            "log orders: retention.maxAge is 30d",
            "the defaults: segment.maxAge is the default, retention.maxAge is 36h",
            "log orders: retention.deleteProcessed is the default",
            "node demo-0: retention.interval is 2s");
    assertThat(node.defaults().at("/retention/maxAge").textValue()).isEqualTo("36h");
    assertThat(node.defaults().at("/segment").has("maxAge")).isFalse();
    assertThat(effective("orders").at("/retention/maxAge").textValue()).isEqualTo("30d");
    assertThat(effective("orders").at("/retention/deleteProcessed").booleanValue()).isFalse();
    assertThat(interval()).isEqualTo("2s");
    // That is nothing that a resource speaks of.
    assertThat(node.patchedDefaults().path("maxRecordBytes").longValue()).isEqualTo(2048);
    node.patchDefaults(json("{\"maxRecordBytes\":null}"));
  }

  @Test
  void aLogThatAgreesWithTheDefaultsHasItsOwnAllTheSame() throws Exception {
    LogSpec agrees = new LogSpec("agrees", null, RETENTION, null);
    node.createLog("agrees", json("{}"));
    bring(Specs.of(null, RETENTION, agrees));
    node.patchDefaults(json("{\"retention\":{\"maxAge\":\"1s\"}}"));
    assertThat(effective("agrees").at("/retention/maxAge").textValue()).isEqualTo("36h");
  }

  @Test
  void aNodeThatWasRestartedIsToldAgain() throws Exception {
    DislogClusterSpec spec = Specs.of(null, RETENTION, ORDERS);
    bring(spec);
    processes.kill(0);
    assertThat(bring(spec).message()).contains("node demo-0 does not answer");
    processes.start(0, 1);
    awaitReady();
    assertThat(interval()).isEqualTo("30s");
    assertThat(bring(spec).changed()).containsExactly("node demo-0: retention.interval is 2s");
    assertThat(interval()).isEqualTo("2s");
  }

  @Test
  void whatTheServiceRefusesIsToldOfItsLogAlone() throws Exception {
    LogSpec impossible =
        new LogSpec(
            "impossible",
            null,
            new RetentionSpec("9999999999d", null, null, null, null, null, null),
            null);
    SettingsOutcome outcome = bring(Specs.of(null, RETENTION, impossible, ORDERS));
    assertThat(outcome.isApplied()).isFalse();
    assertThat(outcome.isRefused()).isTrue();
    assertThat(outcome.failures()).hasSize(1);
    assertThat(outcome.message())
        .startsWith("log impossible: node demo-0 refuses with 400")
        .contains("retention.maxAge");
    assertThat(effective("orders").at("/retention/maxAge").textValue()).isEqualTo("30d");
    assertThat(node.defaults().at("/retention/maxAge").textValue()).isEqualTo("36h");
    assertThat(node.ownOf("impossible")).isEmpty();
  }

  @Test
  void aDefaultWaitsForALogThatItWouldOtherwiseReach() throws Exception {
    node.createLog("impossible-too", json("{}"));
    LogSpec impossible =
        new LogSpec(
            "impossible-too",
            null,
            new RetentionSpec("9999999999d", null, null, null, null, null, null),
            null);
    SettingsOutcome outcome = bring(Specs.of(null, RETENTION, impossible));
    assertThat(outcome.message())
        .endsWith("the defaults: retention.maxAge waits until the logs named here have theirs");
    assertThat(node.patchedDefaults().toString())
        .isEqualTo("{\"retention\":{\"maxBytes\":1073741824,\"holdUnprocessed\":true}}");
  }

  @Test
  void aLogThatIsNoLongerNamedStays() throws Exception {
    bring(Specs.of(null, null, new LogSpec("kept", null, null, null)));
    bring(Specs.of(null, null));
    assertThat(node.logs().stream().map(log -> log.name())).contains("kept");
  }

  private static SettingsOutcome bring(DislogClusterSpec spec) {
    return SettingsSync.bring(spec, Specs.noFiniteLogs(), List.of(node));
  }

  private static void awaitReady() throws Exception {
    Await.until(START, processes::said, () -> node.report().ready());
  }

  private static JsonNode effective(String log) throws NodeException {
    return described(log).config();
  }

  private static LogDescription described(String log) throws NodeException {
    return node.logs(null).logs().stream()
        .filter(known -> known.name().equals(log))
        .findFirst()
        .orElseThrow();
  }

  private static String interval() throws NodeException {
    return String.valueOf(retention().interval());
  }

  private static NodeReport.Retention retention() throws NodeException {
    return Objects.requireNonNull(node.report().retention());
  }

  private static List<Long> committed() throws NodeException {
    return node.cluster().shards().stream().map(ClusterView.Shard::committed).toList();
  }

  private static JsonNode json(String text) throws Exception {
    return new JsonMapper().readTree(text);
  }
}
