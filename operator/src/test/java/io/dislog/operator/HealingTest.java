package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.operator.status.Conditions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A bad change stops at its first pod, and heals when it is put back; each ailment in a cluster of
 * its own, of 1, 3 and 5 nodes, beside each other.
 */
@ExtendWith(ApiServerExtension.class)
class HealingTest {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String GOOD = "dislog:good";
  private static final String RESTARTED = "kubectl.kubernetes.io/restartedAt";

  private final ApiServer server;

  HealingTest(ApiServer server) {
    this.server = server;
  }

  @Test
  void aBadChangeThatIsPutBackHeals() throws Exception {
    List<Lives.Life> lives = new ArrayList<>();
    for (Ailment ailment : Ailment.values()) {
      lives.add(putBack(ailment, 3));
    }
    lives.add(putBack(Ailment.DEAF, 1));
    lives.add(putBack(Ailment.NO_QUOTA, 1));
    lives.add(putBack(Ailment.DEAF, 5));
    Lives.liveAll(lives);
  }

  private Lives.Life putBack(Ailment ailment, int nodes) {
    String namespace = server.newNamespace();
    return () -> {
      try (FakeCluster cluster = cluster(namespace)) {
        cluster.change(nodes, GOOD, "7d");
        cluster.awaitSettled(nodes, GOOD);
        List<String> before = cluster.pods(pod -> pod.getMetadata().getUid());
        cluster.change(nodes, ailment.image(), "7d");
        cluster.awaitTold(Conditions.PROGRESSING, "True", ailment.told());
        awaitOneGone(cluster, before);
        cluster.change(nodes, GOOD, "7d");
        cluster.awaitSettled(nodes, GOOD);
        awaitOneGone(cluster, before);
      } catch (AssertionError e) {
        throw new AssertionError("%s of %d: %s".formatted(ailment, nodes, e.getMessage()), e);
      }
    };
  }

  /** It may be told of before it comes to that: a busy node gives no answer for a moment either. */
  private static void awaitOneGone(FakeCluster cluster, List<String> before)
      throws InterruptedException {
    Await.until(
        () -> "the first pod is gone: " + cluster,
        PATIENCE,
        () -> left(cluster, before) < before.size());
    assertThat(left(cluster, before)).isEqualTo(before.size() - 1);
  }

  private static long left(FakeCluster cluster, List<String> before) {
    return cluster.pods(pod -> pod.getMetadata().getUid()).stream()
        .filter(before::contains)
        .count();
  }

  @Test
  void aClusterThatNeverWasWellHealsToo() throws Exception {
    List<Lives.Life> lives = new ArrayList<>();
    for (Ailment ailment : List.of(Ailment.CRASH, Ailment.NO_QUOTA, Ailment.DEAF)) {
      String namespace = server.newNamespace();
      lives.add(() -> {
        try (FakeCluster cluster = cluster(namespace)) {
          cluster.change(3, ailment.image(), "7d");
          cluster.awaitTold(Conditions.READY, "False", ailment.told());
          cluster.change(3, GOOD, "7d");
          cluster.awaitSettled(3, GOOD);
        } catch (AssertionError e) {
          throw new AssertionError("%s: %s".formatted(ailment, e.getMessage()), e);
        }
      });
    }
    Lives.liveAll(lives);
  }

  @Test
  void aRestartThatKubectlAsksForIsCarriedOut() throws Exception {
    String namespace = server.newNamespace();
    try (FakeCluster cluster = cluster(namespace)) {
      cluster.change(3, GOOD, "7d");
      cluster.awaitSettled(3, GOOD);
      List<String> before = cluster.pods(pod -> pod.getMetadata().getUid());
      server.kubectl("rollout", "restart", "statefulset/demo", "-n", namespace);
      Await.until(
          () -> "all pods are replaced: " + cluster,
          PATIENCE,
          () ->
              cluster.pods(pod -> pod.getMetadata().getUid()).stream().noneMatch(before::contains));
      cluster.awaitSettled(3, GOOD);
      cluster.change(3, "dislog:other", "7d");
      cluster.awaitSettled(3, "dislog:other");
      assertThat(cluster.pods(pod -> pod.getMetadata().getAnnotations().get(RESTARTED)))
          .as("what was asked for once is asked for still")
          .doesNotContainNull();
    }
  }

  private FakeCluster cluster(String namespace) {
    return new FakeCluster(server.client(), server.client(), namespace);
  }
}
