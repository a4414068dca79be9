package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The API server is slow, busy, ends its watches, or is away for a while: no node restarts, nothing
 * is removed, and what the resource says meanwhile is caught up on.
 */
@ExtendWith(ApiServerExtension.class)
class BadPathTest {

  private static final String ONE = "dislog:one";
  private static final String OTHER = "dislog:other";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** From when the API server is back until what was missed is in force. */
  private static final Duration CATCHING_UP = Duration.ofSeconds(60);

  private final ApiServer server;
  private final KubernetesClient client;

  BadPathTest(ApiServer server) {
    this.server = server;
    this.client = server.client();
  }

  /** How soon is printed; the slow ones hold it against {@link #CATCHING_UP}. */
  @Test
  void whatIsMissedWhileTheApiServerIsAwayIsCaughtUpOn() throws Exception {
    away(Duration.ofSeconds(3), PATIENCE);
  }

  @Tag("slow")
  @Test
  void aClusterLivesOnWhateverTheWayToTheApiServerIs() throws Exception {
    Lives.liveAll(
        List.of(
            () -> bad("slow", path -> path.slow(1_000, 3_000)),
            () -> bad("busy", BadPath::busy),
            () -> bad("with short watches", path -> path.cutWatchesAfter(Duration.ofSeconds(3))),
            () ->
                bad(
                    "all of it",
                    path -> {
                      path.slow(1_000, 3_000);
                      path.busy();
                      path.cutWatchesAfter(Duration.ofSeconds(5));
                    }),
            () -> away(Duration.ofSeconds(30), CATCHING_UP)));
  }

  @Tag("slow")
  @Test
  void whatIsMissedInFiveMinutesIsCaughtUpOn() throws Exception {
    away(Duration.ofMinutes(5), CATCHING_UP);
  }

  /** Changes that take no pod take none, a roll takes each once, and then there is rest. */
  private void bad(String what, Turn turn) throws Exception {
    String namespace = server.newNamespace();
    try (BadPath path = new BadPath(client);
        KubernetesClient operators = path.client();
        FakeCluster cluster = new FakeCluster(client, operators, namespace)) {
      cluster.change(3, ONE, "7d");
      cluster.awaitSettled(3, ONE);
      List<String> three = uids(cluster);
      turn.bad(path);
      long begun = System.nanoTime();
      cluster.change(3, ONE, "9d");
      awaitKept(cluster, "9d", CATCHING_UP);
      long applied = System.nanoTime();
      cluster.awaitSettled(3, ONE, PATIENCE);
      cluster.change(5, ONE, "9d");
      cluster.awaitSettled(5, ONE, PATIENCE);
      assertThat(uids(cluster)).as(what).containsAll(three);
      cluster.change(5, OTHER, "9d");
      cluster.awaitSettled(5, OTHER, PATIENCE);
      List<String> rolled = uids(cluster);
      TimeUnit.SECONDS.sleep(20);
      assertThat(uids(cluster)).as("%s: each pod rolls once", what).isEqualTo(rolled);
      assertThat(cluster.service().members().wrongs()).isEmpty();
      System.out.printf(
          "The API server is %s: retention is in force after %.1f s, five nodes have rolled after"
              + " %.1f s; %s%n",
          what, seconds(begun, applied), seconds(begun, System.nanoTime()) - 20, path);
    }
  }

  /** Both of what is brought to nodes and what Kubernetes makes. */
  private void away(Duration absence, Duration patience) throws Exception {
    String namespace = server.newNamespace();
    try (BadPath path = new BadPath(client);
        KubernetesClient operators = path.client();
        FakeCluster cluster = new FakeCluster(client, operators, namespace)) {
      cluster.change(1, ONE, "7d");
      cluster.awaitSettled(1, ONE);
      List<String> before = uids(cluster);
      List<String> objects = objects(namespace);
      path.shut();
      cluster.change(3, ONE, "9d");
      TimeUnit.NANOSECONDS.sleep(absence.toNanos());
      assertThat(uids(cluster)).isEqualTo(before);
      path.open();
      long begun = System.nanoTime();
      awaitKept(cluster, "9d", patience);
      long applied = System.nanoTime();
      cluster.awaitSettled(3, ONE, patience);
      assertThat(uids(cluster)).containsAll(before);
      assertThat(objects(namespace)).containsAll(objects);
      assertThat(cluster.service().members().wrongs()).isEmpty();
      System.out.printf(
          "The API server was away for %d s: retention is in force %.1f s after that, three nodes"
              + " serve after %.1f s; %s%n",
          absence.toSeconds(), seconds(begun, applied), seconds(begun, System.nanoTime()), path);
    }
  }

  private static void awaitKept(FakeCluster cluster, String maxAge, Duration patience)
      throws InterruptedException {
    Await.until(
        () -> "records are kept for %s: %s".formatted(maxAge, cluster),
        patience,
        () -> cluster.service().defaults().contains(maxAge));
  }

  private static List<String> uids(FakeCluster cluster) {
    return cluster.pods(pod -> pod.getMetadata().getUid());
  }

  private List<String> objects(String namespace) {
    return OwnedObjects.of(client, namespace).stream()
        .map(object -> object.getMetadata().getUid())
        .toList();
  }

  private static double seconds(long begun, long ended) {
    return (ended - begun) / 1e9;
  }

  /** What becomes of a path. */
  private interface Turn {
    void bad(BadPath path) throws IOException;
  }
}
