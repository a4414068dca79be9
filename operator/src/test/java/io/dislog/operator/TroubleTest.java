package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nodes fail to answer in the middle of everything, each way in a cluster of its own. */
@ExtendWith(ApiServerExtension.class)
class TroubleTest {

  private static final String IMAGE = "dislog:one";
  private static final String OTHER_IMAGE = "dislog:other";

  /** For so long it is counted how often the operator looks, and seen that it does nothing. */
  private static final int WINDOW_SECONDS = 5;

  private static final int LOOKS = 6;

  private final ApiServer server;

  TroubleTest(ApiServer server) {
    this.server = server;
  }

  @Tag("slow")
  @Test
  void aClusterEndsWhereItShouldWhateverItsNodesAnswered() throws Exception {
    Lives.liveAll(Arrays.stream(Trouble.values()).map(this::life).toList());
  }

  private Lives.Life life(Trouble trouble) {
    String namespace = server.newNamespace();
    return () -> {
      try (PlayedCluster cluster = new PlayedCluster(server.client(), server.client(), namespace)) {
        cluster.change(3, IMAGE, "7d");
        cluster.awaitSettled(3, IMAGE);
        aNodeIsInTrouble(cluster, trouble);
        settingsAreBrought(cluster, trouble);
        podsRoll(cluster, trouble);
        nodesAreTakenOut(cluster, trouble);
        assertThat(cluster.service().members().wrongs()).isEmpty();
      } catch (AssertionError e) {
        throw new AssertionError(trouble + ": " + e.getMessage(), e);
      }
    };
  }

  private static void aNodeIsInTrouble(PlayedCluster cluster, Trouble trouble) throws Exception {
    cluster.service().befalls(2, trouble, request -> true);
    cluster.change(3, IMAGE, "8d"); // It is looked at now, and not in half a minute.
    cluster.awaitTold(Conditions.READY, "False", "demo-2", trouble.told());
    assertIdles(cluster);
    assertThat(cluster.reason(Conditions.READY)).isEqualTo("Degraded");
    cluster.service().heal();
    cluster.awaitSettled(3, IMAGE);
  }

  private static void settingsAreBrought(PlayedCluster cluster, Trouble trouble) throws Exception {
    befallsAll(cluster, trouble, request -> request.equals("PATCH /v1/defaults"));
    cluster.change(3, IMAGE, "9d");
    cluster.awaitTold(
        Conditions.RETENTION_APPLIED,
        "False",
        trouble == Trouble.REFUSAL ? "no node is ready" : trouble.told());
    assertIdles(cluster);
    if (trouble != Trouble.HALF) { // By then it has found that it is so.
      assertThat(cluster.reason(Conditions.RETENTION_APPLIED)).isEqualTo("NotYet");
    }
    cluster.service().heal();
    cluster.awaitSettled(3, IMAGE);
    assertThat(cluster.service().defaults()).contains("9d");
  }

  private static void podsRoll(PlayedCluster cluster, Trouble trouble) throws Exception {
    cluster.service().befalls(1, trouble, request -> true);
    var before = cluster.pods(pod -> pod.getMetadata().getUid());
    cluster.change(3, OTHER_IMAGE, "9d");
    cluster.awaitTold(Conditions.PROGRESSING, "True", "is replaced", "demo-1", trouble.told());
    assertIdles(cluster);
    assertThat(cluster.pods(pod -> pod.getMetadata().getUid())).isEqualTo(before);
    cluster.service().heal();
    cluster.awaitSettled(3, OTHER_IMAGE);
  }

  private static void nodesAreTakenOut(PlayedCluster cluster, Trouble trouble) throws Exception {
    befallsAll(cluster, trouble, request -> request.startsWith("DELETE "));
    cluster.change(1, OTHER_IMAGE, "9d");
    cluster.awaitTold(Conditions.PROGRESSING, "True", "demo-", trouble.told());
    assertIdles(cluster);
    if (trouble != Trouble.REFUSAL) { // Then nobody says that there is a cluster.
      assertThat(cluster.reason(Conditions.PROGRESSING)).isEqualTo("RemovingNode");
    }
    assertThat(cluster.pods(pod -> pod.getMetadata().getName())).hasSize(3);
    cluster.service().heal();
    cluster.awaitSettled(1, OTHER_IMAGE);
    assertThat(cluster.service().members().dismissed()).containsExactlyInAnyOrder(1, 2);
  }

  private static void befallsAll(
      PlayedCluster cluster, Trouble trouble, Predicate<String> requests) {
    for (int node = 0; node < 3; node++) {
      cluster.service().befalls(node, trouble, requests);
    }
  }

  /** The operator goes on looking, and not without a pause. */
  private static void assertIdles(PlayedCluster cluster) throws InterruptedException {
    int reconciliations = cluster.operator().reconciliations();
    int looks = cluster.service().looks(0);
    TimeUnit.SECONDS.sleep(WINDOW_SECONDS);
    assertThat(cluster.operator().reconciliations() - reconciliations).isLessThanOrEqualTo(LOOKS);
    assertThat(cluster.service().looks(0) - looks).isLessThanOrEqualTo(LOOKS);
  }
}
