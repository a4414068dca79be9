package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.status.Conditions;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nodes fail to answer in the middle of everything, each way in a cluster of its own. */
@ExtendWith(ApiServerExtension.class)
class NodeFaultTest {

  private static final String IMAGE = "dislog:one";
  private static final String OTHER_IMAGE = "dislog:other";

  /** For so long it is counted how often the operator looks, and seen that it does nothing. */
  private static final int WINDOW_SECONDS = 5;

  private static final int LOOKS = 6;

  private final ApiServer server;

  NodeFaultTest(ApiServer server) {
    this.server = server;
  }

  @Tag("slow")
  @Test
  void aClusterEndsWhereItShouldWhateverItsNodesAnswered() throws Exception {
    Lives.liveAll(Arrays.stream(NodeFault.values()).map(this::life).toList());
  }

  private Lives.Life life(NodeFault fault) {
    String namespace = server.newNamespace();
    return () -> {
      try (FakeCluster cluster = new FakeCluster(server.client(), server.client(), namespace)) {
        cluster.change(3, IMAGE, "7d");
        cluster.awaitSettled(3, IMAGE);
        aNodeIsInTrouble(cluster, fault);
        settingsAreBrought(cluster, fault);
        podsRoll(cluster, fault);
        nodesAreTakenOut(cluster, fault);
        assertThat(cluster.service().members().wrongs()).isEmpty();
      } catch (AssertionError e) {
        throw new AssertionError(fault + ": " + e.getMessage(), e);
      }
    };
  }

  private static void aNodeIsInTrouble(FakeCluster cluster, NodeFault fault) throws Exception {
    cluster.service().befalls(2, fault, request -> true);
    cluster.change(3, IMAGE, "8d"); // It is looked at now, and not in half a minute.
    cluster.awaitTold(Conditions.READY, "False", "demo-2", fault.told());
    assertIdles(cluster);
    assertThat(cluster.reason(Conditions.READY)).isEqualTo("Degraded");
    cluster.service().heal();
    cluster.awaitSettled(3, IMAGE);
  }

  private static void settingsAreBrought(FakeCluster cluster, NodeFault fault) throws Exception {
    befallsAll(cluster, fault, request -> request.equals("PATCH /v1/defaults"));
    cluster.change(3, IMAGE, "9d");
    cluster.awaitTold(
        Conditions.RETENTION_APPLIED,
        "False",
        fault == NodeFault.REFUSAL ? "no node is ready" : fault.told());
    assertIdles(cluster);
    if (fault != NodeFault.HALF) { // By then it has found that it is so.
      assertThat(cluster.reason(Conditions.RETENTION_APPLIED)).isEqualTo("NotYet");
    }
    cluster.service().heal();
    cluster.awaitSettled(3, IMAGE);
    assertThat(cluster.service().defaults()).contains("9d");
  }

  private static void podsRoll(FakeCluster cluster, NodeFault fault) throws Exception {
    cluster.service().befalls(1, fault, request -> true);
    var before = cluster.pods(pod -> pod.getMetadata().getUid());
    cluster.change(3, OTHER_IMAGE, "9d");
    cluster.awaitTold(Conditions.PROGRESSING, "True", "is replaced", "demo-1", fault.told());
    assertIdles(cluster);
    assertThat(cluster.pods(pod -> pod.getMetadata().getUid())).isEqualTo(before);
    cluster.service().heal();
    cluster.awaitSettled(3, OTHER_IMAGE);
  }

  private static void nodesAreTakenOut(FakeCluster cluster, NodeFault fault) throws Exception {
    befallsAll(cluster, fault, request -> request.startsWith("DELETE "));
    cluster.change(1, OTHER_IMAGE, "9d");
    cluster.awaitTold(Conditions.PROGRESSING, "True", "demo-", fault.told());
    assertIdles(cluster);
    if (fault != NodeFault.REFUSAL) { // Then nobody says that there is a cluster.
      assertThat(cluster.reason(Conditions.PROGRESSING)).isEqualTo("RemovingNode");
    }
    assertThat(cluster.pods(pod -> pod.getMetadata().getName())).hasSize(3);
    cluster.service().heal();
    cluster.awaitSettled(1, OTHER_IMAGE);
    assertThat(cluster.service().members().dismissed()).containsExactlyInAnyOrder(1, 2);
  }

  private static void befallsAll(FakeCluster cluster, NodeFault fault, Predicate<String> requests) {
    for (int node = 0; node < 3; node++) {
      cluster.service().befalls(node, fault, requests);
    }
  }

  /** The operator goes on looking, and not without a pause. */
  private static void assertIdles(FakeCluster cluster) throws InterruptedException {
    int reconciliations = cluster.operator().reconciliations();
    int looks = cluster.service().looks(0);
    long begun = System.nanoTime();
    TimeUnit.SECONDS.sleep(WINDOW_SECONDS);
    reconciliations = cluster.operator().reconciliations() - reconciliations;
    looks = cluster.service().looks(0) - looks;
    // Of a machine that stands still the window is longer.
    double windows = (System.nanoTime() - begun) / 1e9 / WINDOW_SECONDS;
    int most = (int) Math.ceil(LOOKS * Math.max(1, windows - 0.1));
    assertThat(reconciliations).isLessThanOrEqualTo(most);
    assertThat(looks).isLessThanOrEqualTo(most);
  }
}
