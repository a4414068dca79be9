package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.api.NodeReport;
import io.dislog.kit.Await;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.node.Nodes;
import io.dislog.operator.observation.Observation;
import io.dislog.operator.plan.Step;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done about nodes, and what is taken for done. */
class StepsTest {

  private static final Step REMOVE = new Step.Remove(2);
  private static final Step ADD = new Step.Add(2, false);

  private final DislogCluster cluster = TestClusters.of("here", 3);
  private final FakeService service = new FakeService();
  private final Nodes nodes = new Nodes(service, Await.PATIENCE);
  private final KubernetesClient unused =
      new KubernetesClientBuilder().withConfig(Config.empty()).build();
  private Instant now = Instant.parse("2026-01-01T12:00:00Z");
  private final Steps steps = new Steps(nodes, () -> now);

  @BeforeEach
  void begin() {
    cluster.getMetadata().setUid("uid");
    IntStream.range(0, 3).forEach(node -> service.members().start(node, 3));
  }

  @AfterEach
  void end() {
    unused.close();
    nodes.close();
    service.close();
  }

  @Test
  void aNodeIsOutOnlyOnceTheClusterSaysSo() {
    assertThat(take(REMOVE)).hasValueSatisfying(why -> assertThat(why).contains("ask again"));
    assertThat(steps.isOut(cluster, 2)).isFalse();
    assertThat(take(REMOVE)).hasValueSatisfying(why -> assertThat(why).contains("ask again"));
    assertThat(service.members().view(0).shards())
        .as("no leader lists it, and it is needed")
        .noneMatch(shard -> shard.replicas().contains("demo-2"));
    assertThat(steps.isOut(cluster, 2)).isFalse();
    assertThat(take(REMOVE)).isEmpty();
    assertThat(steps.isOut(cluster, 2)).isTrue();
    assertThat(steps.isOut(cluster, 1)).isFalse();
  }

  @Test
  void anAnswerThatWasLostIsNoneThoughTheNodeIsOut() {
    service.befalls(0, NodeFault.HALF, request -> request.startsWith("DELETE"));
    for (int ask = 0; ask < 4; ask++) {
      assertThat(take(REMOVE)).isPresent();
    }
    assertThat(steps.isOut(cluster, 2)).isFalse();
    service.heal();
    assertThat(take(REMOVE)).isEmpty();
    assertThat(steps.isOut(cluster, 2)).isTrue();
  }

  @Test
  void aNodeThatIsAddedAgainIsOutNoMore() {
    removeWhole();
    assertThat(take(ADD)).isEmpty();
    assertThat(steps.isOut(cluster, 2)).isFalse();
  }

  @Test
  void aNodeWhoseAdditionMayStillComeAboutIsNotTakenOutBeforeThat() {
    removeWhole();
    service.befalls(0, NodeFault.NONSENSE, request -> request.startsWith("PUT"));
    assertThat(take(ADD)).isPresent();
    assertThat(take(ADD)).contains("it was requested and is still under way");
    assertThat(take(REMOVE)).contains("its addition was asked for, and may still come about");
    assertThat(steps.isOut(cluster, 2)).isFalse();
    now = now.plusSeconds(61);
    assertThat(take(REMOVE)).isEmpty();
    assertThat(steps.isOut(cluster, 2)).isTrue();
  }

  @Test
  void nothingIsDoneWhereNoMemberIsReady() {
    assertThat(steps.take(REMOVE, seen(2), unused))
        .contains("no node is ready that belongs to all shards");
    assertThat(steps.isOut(cluster, 2)).isFalse();
  }

  @Test
  void whatWasSaidOfAClusterThatIsGoneIsForgotten() {
    removeWhole();
    steps.keep(List.of("another"));
    assertThat(steps.isOut(cluster, 2)).isFalse();
  }

  private void removeWhole() {
    while (take(REMOVE).isPresent()) {
      assertThat(steps.isOut(cluster, 2)).isFalse();
    }
    assertThat(steps.isOut(cluster, 2)).isTrue();
  }

  private Optional<String> take(Step step) {
    return steps.take(step, seen(0, 1), unused);
  }

  private Observation seen(int... ready) {
    Map<Integer, NodeReport> reports = new HashMap<>();
    for (int node : ready) {
      String id = FakeController.podName(node);
      reports.put(node, new NodeReport(id, id, true, true, "", "1", null, null));
    }
    return service.members().seenBy(new int[] {0, 1, 2}, cluster, reports);
  }
}
