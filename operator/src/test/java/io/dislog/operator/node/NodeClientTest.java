package io.dislog.operator.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dislog.api.ClusterView;
import io.dislog.api.NodeReport;
import io.dislog.api.ProblemDocument;
import io.dislog.kit.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node says, and what becomes of it where it says nothing or no. */
final class NodeClientTest {

  @Test
  void aNodeIsReachedByTheNameThatKubernetesGivesItsPod() {
    assertThat(new DnsAddresses().of(Clusters.named("demo"), 2))
        .isEqualTo(URI.create("http://demo-2.demo-nodes.somewhere.svc:8080"));
  }

  @Test
  void aNodeTellsOfItself() throws Exception {
    String said =
        """
        {"id":"demo-1","address":"demo-1.demo-nodes:8080","ready":false,"formed":true,"why":"joining","version":"0.1.0",
         "storage":{"capacityBytes":1000,"usedBytes":900,"futureBytes":1},
         "retention":{"interval":"30s","lastRun":"2026-11-22T12:14:05.120Z","deletedSegments":3,"reclaimedBytes":5},
         "future":[]}
        """;
    try (StubNode stub = new StubNode(200, said);
        Nodes nodes = Clusters.nodes(stub)) {
      NodeReport report = nodes.of(Clusters.named("demo"), 1).report();
      assertThat(report)
          .isEqualTo(
              new NodeReport(
                  "demo-1",
                  "demo-1.demo-nodes:8080",
                  false,
                  true,
                  "joining",
                  "0.1.0",
                  new NodeReport.Storage(1000, 900),
                  new NodeReport.Retention("30s", "2026-11-22T12:14:05.120Z", 3, 5)));
      assertThat(stub.asked()).containsExactly("GET /v1/cluster/nodes/demo-1 ");
    }
  }

  @Test
  void whatANodeLeavesOutIsNotMadeUp() throws Exception {
    try (StubNode stub = new StubNode(200, "{\"id\":\"demo-0\",\"address\":\"a:1\"}");
        Nodes nodes = Clusters.nodes(stub)) {
      assertThat(nodes.of(Clusters.named("demo"), 0).report())
          .isEqualTo(new NodeReport("demo-0", "a:1", false, false, "", null, null, null));
    }
  }

  @Test
  void theClusterIsSeenAsANodeSeesIt() throws Exception {
    String said =
        """
        {"node":"demo-0","nodes":[{"id":"demo-0","address":"a:8080","ready":true}],
         "shards":[{"id":0,"leader":"demo-0","term":7,"replicas":["demo-0"],"applied":17,"committed":20},
                   {"id":1,"term":2,"replicas":[],"applied":0,"committed":0}]}
        """;
    try (StubNode stub = new StubNode(200, said);
        Nodes nodes = Clusters.nodes(stub)) {
      ClusterView view = nodes.of(Clusters.named("demo"), 0).cluster();
      assertThat(view.member("demo-0")).contains(new ClusterView.Member("demo-0", "a:8080", true));
      assertThat(view.member("demo-1")).isEmpty();
      assertThat(view.shards())
          .containsExactly(
              new ClusterView.Shard(0, "demo-0", 7, List.of("demo-0"), 17, 20),
              new ClusterView.Shard(1, null, 2, List.of(), 0, 0));
      assertThat(view.isLed()).isFalse();
    }
  }

  @Test
  void aRefusalIsToldAsTheNodeTellsIt() throws Exception {
    String said =
        """
        {"type":"/problems/invalid-config","title":"t","status":400,"detail":"'x' is unknown","instance":"/","retryable":false}
        """;
    try (StubNode stub = new StubNode(400, said);
        Nodes nodes = Clusters.nodes(stub)) {
      NodeClient node = nodes.of(Clusters.named("demo"), 0);
      NodeException.Refused refused =
          catchThrowableOfType(
              NodeException.Refused.class,
              () -> node.add("demo-1", "h:9700:8080", true, Clusters.PATIENCE));
      assertThat(refused.problem())
          .isEqualTo(
              new ProblemDocument(
                  "/problems/invalid-config", "t", 400, "'x' is unknown", "/", false, Map.of()));
      assertThat(refused).hasMessage("node demo-0 refuses with 400: 'x' is unknown");
      assertThat(stub.asked())
          .containsExactly(
              "PUT /v1/cluster/nodes/demo-1 {\"address\":\"h:9700:8080\",\"empty\":true}");
    }
  }

  @Test
  void aRefusalOfSomethingElseIsARefusalToo() throws Exception {
    try (StubNode stub = new StubNode(502, "<html>");
        Nodes nodes = Clusters.nodes(stub)) {
      NodeClient node = nodes.of(Clusters.named("demo"), 0);
      NodeException.Refused refused =
          catchThrowableOfType(NodeException.Refused.class, node::cluster);
      assertThat(refused.problem())
          .isEqualTo(new ProblemDocument("", "", 502, "", "", true, Map.of()));
      assertThat(refused).hasMessage("node demo-0 refuses with 502");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void whoeverIsBusyMayTakeTheSameLater(int status) throws Exception {
    try (StubNode stub = new StubNode(status, "");
        Nodes nodes = Clusters.nodes(stub)) {
      NodeClient node = nodes.of(Clusters.named("demo"), 0);
      assertThat(catchThrowableOfType(NodeException.Refused.class, node::cluster).isRetryable())
          .isTrue();
    }
  }

  @Test
  void whoeverAnswersWithSomethingElseIsNoNode() throws Exception {
    try (StubNode stub = new StubNode(200, "<html>");
        Nodes nodes = Clusters.nodes(stub)) {
      NodeClient node = nodes.of(Clusters.named("demo"), 0);
      assertThat(catchThrowableOfType(NodeException.NoAnswer.class, node::cluster))
          .hasMessage("node demo-0 does not answer: 200 came with a body that is not a node's");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[]", "{}", "\"demo-0\"", "{\"id\":\"demo-1\",\"node\":\"demo-1\"}"})
  void whatIsNoWordOfTheNodesOwnIsNoAnswer(String said) throws Exception {
    try (StubNode stub = new StubNode(200, said);
        Nodes nodes = Clusters.nodes(stub)) {
      NodeClient node = nodes.of(Clusters.named("demo"), 0);
      assertThat(catchThrowableOfType(NodeException.NoAnswer.class, node::report)).isNotNull();
      assertThat(catchThrowableOfType(NodeException.NoAnswer.class, node::cluster)).isNotNull();
      assertThat(catchThrowableOfType(NodeException.NoAnswer.class, () -> node.ownOf("orders")))
          .isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "<html>"})
  void aChangeThatIsAnsweredWithSomethingElseIsNotDone(String said) throws Exception {
    try (StubNode stub = new StubNode(200, said);
        Nodes nodes = Clusters.nodes(stub)) {
      NodeClient node = nodes.of(Clusters.named("demo"), 0);
      JsonNode patch = JsonNodeFactory.instance.objectNode();
      List<ThrowingCallable> changes =
          List.of(
              () -> node.patchDefaults(patch),
              () -> node.patchLog("orders", patch),
              () -> node.createLog("orders", patch));
      for (ThrowingCallable change : changes) {
        assertThat(catchThrowableOfType(NodeException.NoAnswer.class, change)).isNotNull();
      }
    }
  }

  @Test
  void aNodeIsOutOnlyWhereThatIsSaidWithNothingElse() throws Exception {
    Duration patience = Clusters.PATIENCE;
    try (StubNode stub = new StubNode(200, "{}");
        Nodes nodes = Clusters.nodes(stub)) {
      NodeClient node = nodes.of(Clusters.named("demo"), 0);
      assertThat(
              catchThrowableOfType(
                  NodeException.NoAnswer.class, () -> node.remove("demo-1", patience)))
          .isNotNull();
    }
    try (StubNode stub = new StubNode(204, "");
        Nodes nodes = Clusters.nodes(stub)) {
      nodes.of(Clusters.named("demo"), 0).remove("demo-1", patience);
    }
  }

  @Test
  void aNodeThatIsNotThereGivesNoAnswer() throws Exception {
    int port = FreePort.next();
    try (Nodes nodes =
        Clusters.nodes((cluster, ordinal) -> URI.create("http://127.0.0.1:" + port))) {
      NodeClient node = nodes.of(Clusters.named("demo"), 0);
      NodeException.NoAnswer none =
          catchThrowableOfType(NodeException.NoAnswer.class, node::report);
      assertThat(none).hasMessage("node demo-0 does not answer: ConnectException");
      assertThat(none.isRetryable()).isTrue();
    }
  }

  @Test
  void aNodeThatHangsIsNotWaitedForLongerThanWasSaid() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Nodes nodes =
            Clusters.nodes(
                (cluster, ordinal) -> URI.create("http://127.0.0.1:" + mute.getLocalPort()))) {
      NodeClient node = nodes.of(Clusters.named("demo"), 0);
      long begun = System.nanoTime();
      NodeException.NoAnswer none =
          catchThrowableOfType(
              NodeException.NoAnswer.class, () -> node.remove("demo-1", Duration.ofMillis(300)));
      assertThat(none).hasMessageContaining("timed out");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Clusters.PATIENCE);
    }
  }
}
