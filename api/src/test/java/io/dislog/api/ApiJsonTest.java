package io.dislog.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records as the API has them, byte for byte. */
final class ApiJsonTest {

  private static final NodeReport.Storage STORAGE =
      new NodeReport.Storage(1000, 900, 50, StorageState.PRESSURE);

  @Test
  void aNodeTellsAllOfItself() throws IOException {
    isWritten(
        new NodeReport(
            "n1",
            "h:8080",
            false,
            true,
            "joining",
            "0.1.0",
            STORAGE,
            new NodeReport.Retention("30s", "2026-11-22T12:14:05.120Z", 3, 5)),
        """
        {"id":"n1","address":"h:8080","ready":false,"why":"joining","formed":true,"version":"0.1.0",\
        "storage":{"capacityBytes":1000,"usedBytes":900,"reserveBytes":50,"state":"pressure"},\
        "retention":{"interval":"30s","lastRun":"2026-11-22T12:14:05.120Z","deletedSegments":3,"reclaimedBytes":5}}\
        """);
  }

  @Test
  void whatANodeDoesNotTellIsAbsent() throws IOException {
    isWritten(
        new NodeReport("n1", "h:8080", true, false, "", null, null, null),
        """
        {"id":"n1","address":"h:8080","ready":true,"formed":false}\
        """);
  }

  @Test
  void aClusterIsTold() throws IOException {
    Map<String, Long> lag = new LinkedHashMap<>();
    lag.put("n2", 1L);
    lag.put("n1", 0L);
    isWritten(
        new ClusterView(
            "n1",
            "6f1c",
            List.of(
                new ClusterView.Member("n1", "h:8080", true, "", "0.1.0", STORAGE),
                new ClusterView.Member("n2", "i:8080", false, "it did not say", null, null)),
            List.of(
                new ClusterView.Shard(0, "n1", 7, List.of("n2", "n1"), lag, 17, 20),
                new ClusterView.Shard(1, null, 2, List.of(), 0, 0))),
        """
        {"cluster":"6f1c","node":"n1","nodes":[\
        {"id":"n1","address":"h:8080","ready":true,"version":"0.1.0",\
        "storage":{"capacityBytes":1000,"usedBytes":900,"reserveBytes":50,"state":"pressure"}},\
        {"id":"n2","address":"i:8080","ready":false,"why":"it did not say"}],\
        "shards":[{"id":0,"leader":"n1","term":7,"replicas":["n2","n1"],"lag":{"n2":1,"n1":0},"applied":17,"committed":20},\
        {"id":1,"term":2,"replicas":[],"lag":{},"applied":0,"committed":0}]}\
        """);
  }

  @Test
  void anAdditionLeavesOutTheAddressThatTheClusterHas() throws IOException {
    isWritten(new Addition("h:9700:8080", false), "{\"address\":\"h:9700:8080\",\"empty\":false}");
    isWritten(new Addition(null, true), "{\"empty\":true}");
  }

  @Test
  void logsAreTold() throws IOException {
    JsonNode config = read("{\"durability\":\"fsync\"}", JsonNode.class);
    isWritten(
        new LogPage(
            List.of(
                new LogDescription(
                    "orders",
                    config,
                    1,
                    4,
                    3,
                    80,
                    2,
                    "2026-11-22T12:14:05.120Z",
                    "2026-11-22T12:14:06.120Z",
                    null,
                    null),
                new LogDescription("teas", config, 0, 0, 0, 0, 1, null, null, null, null)),
            "teas"),
        """
        {"logs":[{"name":"orders","config":{"durability":"fsync"},"earliestOffset":1,"endOffset":4,"records":3,\
        "bytes":80,"segments":2,"earliestTime":"2026-11-22T12:14:05.120Z","latestTime":"2026-11-22T12:14:06.120Z"},\
        {"name":"teas","config":{"durability":"fsync"},"earliestOffset":0,"endOffset":0,"records":0,"bytes":0,\
        "segments":1}],"next":"teas"}\
        """);
    isWritten(new LogPage(List.of(), null), "{\"logs\":[]}");
  }

  @Test
  void retentionIsTold() throws IOException {
    isWritten(
        new RetentionPlan(
            List.of(
                new RetentionPlan.Segment(
                    0,
                    80,
                    false,
                    "2026-11-22T12:14:05.120Z",
                    List.of(Reason.MAX_AGE, new Reason("future")),
                    List.of(
                        new Hold.Active(),
                        new Hold.Consumer("a:b"),
                        new Hold.Unarchived(),
                        new Hold.Other("future"))),
                new RetentionPlan.Segment(9, 1, true, null, List.of(), List.of()))),
        """
        {"segments":[{"baseOffset":0,"bytes":80,"deletable":false,"deleteAt":"2026-11-22T12:14:05.120Z",\
        "because":["maxAge","future"],"heldBy":["active","consumer:a:b","unarchived","future"]},\
        {"baseOffset":9,"bytes":1,"deletable":true,"because":[],"heldBy":[]}]}\
        """);
    isWritten(new Reclaimed(2, 99), "{\"deletedSegments\":2,\"reclaimedBytes\":99}");
  }

  @Test
  void aProblemHasItsFurtherMembersBehindTheOthers() {
    Map<String, Object> members = new TreeMap<>(Map.of("limit", 5, "index", 1L));
    byte[] said =
        ApiJson.write(
            new ProblemDocument("/problems/x", "X", 400, "too \"x\"", "/v1", false, members));
    assertThat(new String(said, UTF_8))
        .isEqualTo(
            """
            {"type":"/problems/x","title":"X","status":400,"detail":"too \\"x\\"","instance":"/v1",\
            "retryable":false,"index":1,"limit":5}\
            """);
    assertThat(ProblemDocument.read(400, said))
        .isEqualTo(
            new ProblemDocument("/problems/x", "X", 400, "too \"x\"", "/v1", false, Map.of()));
  }

  @Test
  void whatIsNoProblemDocumentIsAProblemToo() {
    assertThat(ProblemDocument.read(502, "<html>".getBytes(UTF_8)))
        .isEqualTo(new ProblemDocument("", "", 502, "", "", true, Map.of()));
  }

  @Test
  void whatALaterVersionSaysBesideIsPassedOver() throws IOException {
    NodeReport report =
        read(
            """
            {"id":"n1","address":"h:1","future":[{}],
             "storage":{"capacityBytes":9,"usedBytes":1,"state":"melting","futureBytes":1}}
            """,
            NodeReport.class);
    assertThat(report)
        .isEqualTo(
            new NodeReport(
                "n1", "h:1", false, false, "", null, new NodeReport.Storage(9, 1), null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "<html>", "\"n1\"", "{\"id\":"})
  void whatIsNoRecordIsNotRead(String said) {
    assertThatThrownBy(() -> read(said, NodeReport.class)).isInstanceOf(IOException.class);
  }

  private static void isWritten(Record said, String json) throws IOException {
    assertThat(new String(ApiJson.write(said), UTF_8)).isEqualTo(json);
    assertThat((Record) read(json, said.getClass())).isEqualTo(said);
  }

  private static <T> T read(String json, Class<T> type) throws IOException {
    return ApiJson.read(json.getBytes(UTF_8), type);
  }
}
