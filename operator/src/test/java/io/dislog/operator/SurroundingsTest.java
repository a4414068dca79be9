package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What else goes on around a cluster: admission that changes its pods, people who edit its objects,
 * pods that don't end, budgets of others, clocks that are off. Each in a cluster of its own, beside
 * each other.
 */
@ExtendWith(ApiServerExtension.class)
class SurroundingsTest {

  private static final String ONE = "dislog:one";
  private static final String OTHER = "dislog:other";
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration HOUR = Duration.ofHours(1);

  private final ApiServer server;
  private final KubernetesClient client;

  SurroundingsTest(ApiServer server) {
    this.server = server;
    this.client = server.client();
  }

  @Tag("slow")
  @Test
  void aClusterRollsAndComesToRestWhateverGoesOnAroundIt() throws Exception {
    AtomicReference<Duration> off = new AtomicReference<>(Duration.ZERO);
    Lives.liveAll(
        List.of(
            life("resources are set by admission", this::resourcesAreSetByAdmission),
            life("a container is injected", this::aContainerIsInjected),
            life("the StatefulSet is edited", this::theStatefulSetIsEdited),
            life("a pod does not end", this::aPodDoesNotEnd),
            life("a budget allows nothing", this::aBudgetAllowsNothing),
            life("the clock is ahead", (_, cluster) -> rolls(cluster), () -> now().plus(HOUR)),
            life("the clock is behind", (_, cluster) -> rolls(cluster), () -> now().minus(HOUR)),
            life(
                "the clock is set back",
                (_, cluster) -> theClockIsSetBack(cluster, off),
                () -> now().minus(off.get()))));
  }

  private static Instant now() {
    return Instant.now();
  }

  /** Whose pods have other limits than the StatefulSet says. */
  private void resourcesAreSetByAdmission(String namespace, FakeCluster cluster) throws Exception {
    client
        .resource(
            new LimitRangeBuilder()
                .withNewMetadata()
                .withName("limits")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .addNewLimit()
                .withType("Container")
                .addToDefault("ephemeral-storage", new Quantity("3Gi"))
                .endLimit()
                .endSpec()
                .build())
        .create();
    rolls(cluster);
    assertThat(
            cluster.pods(pod ->
                pod.getSpec()
                    .getContainers()
                    .getFirst()
                    .getResources()
                    .getLimits()
                    .get("ephemeral-storage")))
        .as("admission has changed the pods")
        .containsOnly(new Quantity("3Gi"));
  }

  private void aContainerIsInjected(String namespace, FakeCluster cluster) throws Exception {
    cluster.inject("mesh");
    rolls(cluster);
    assertThat(cluster.pods(pod -> pod.getSpec().getContainers().size())).containsOnly(2);
  }

  /** In the middle of all that is done: it is put back, and what was under way goes on. */
  private void theStatefulSetIsEdited(String namespace, FakeCluster cluster) throws Exception {
    cluster.change(3, ONE, "7d");
    cluster.awaitSettled(3, ONE);
    edit(namespace, "{\"spec\":{\"replicas\":5}}");
    cluster.awaitSettled(3, ONE);
    List<String> before = uids(cluster);
    cluster.change(3, OTHER, "7d");
    Await.until(
        () -> "the first pod is replaced: " + cluster,
        PATIENCE,
        () -> uids(cluster).stream().anyMatch(uid -> !before.contains(uid)));
    edit(
        namespace,
        """
        {"spec":{"template":{"spec":{"containers":[{"name":"dislog","image":"dislog:edited"}]}}}}\
        """);
    cluster.awaitSettled(3, OTHER);
    cluster.change(1, OTHER, "7d");
    edit(namespace, "{\"spec\":{\"template\":{\"metadata\":{\"labels\":{\"edited\":\"yes\"}}}}}");
    cluster.awaitSettled(1, OTHER);
    assertThat(cluster.service().members().wrongs()).isEmpty();
  }

  private void edit(String namespace, String patch) {
    var _ =
        Insistence.ask(() ->
            client
                .apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName(TestClusters.NAME)
                .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch));
  }

  /** The roll waits for it, says so, and takes no second pod meanwhile. */
  private void aPodDoesNotEnd(String namespace, FakeCluster cluster) throws Exception {
    cluster.change(3, ONE, "7d");
    cluster.awaitSettled(3, ONE);
    List<String> before = uids(cluster);
    for (int node = 0; node < 3; node++) {
      finalizers(namespace, node, List.of("example.com/held"));
    }
    cluster.change(3, OTHER, "7d");
    cluster.awaitTold(Conditions.PROGRESSING, "True", "is ending");
    cluster.awaitLooks();
    assertThat(uids(cluster)).containsExactlyInAnyOrderElementsOf(before);
    assertThat(cluster.pods(pod -> pod.getMetadata().getDeletionTimestamp() != null))
        .filteredOn(ends -> ends)
        .hasSize(1);
    for (int node = 0; node < 3; node++) {
      finalizers(namespace, node, List.of());
    }
    cluster.awaitSettled(3, OTHER);
  }

  private void finalizers(String namespace, int node, List<String> finalizers) {
    var _ =
        Insistence.ask(() ->
            client
                .pods()
                .inNamespace(namespace)
                .withName(FakeController.podName(node))
                .edit(pod ->
                    new PodBuilder(pod)
                        .withMetadata(
                            new ObjectMetaBuilder(pod.getMetadata())
                                .withFinalizers(finalizers)
                                .build())
                        .build()));
  }

  /** One that somebody else made for all pods there are: the roll waits for it, and says so. */
  private void aBudgetAllowsNothing(String namespace, FakeCluster cluster) throws Exception {
    cluster.change(3, ONE, "7d");
    cluster.awaitSettled(3, ONE);
    List<String> before = uids(cluster);
    var budget =
        client.resource(
            new PodDisruptionBudgetBuilder()
                .withNewMetadata()
                .withName("nothing")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withNewMaxUnavailable(0)
                .withNewSelector()
                .endSelector()
                .endSpec()
                .build());
    budget.create();
    cluster.change(3, OTHER, "7d");
    cluster.awaitTold(Conditions.RECONCILE_ERROR, "True", "more than one PodDisruptionBudget");
    assertThat(uids(cluster)).isEqualTo(before);
    budget.delete();
    cluster.awaitSettled(3, OTHER);
  }

  /** What the operator does again after a pause it does all the same, and not an hour later. */
  private static void theClockIsSetBack(FakeCluster cluster, AtomicReference<Duration> off)
      throws InterruptedException {
    cluster.change(3, ONE, "7d");
    cluster.awaitSettled(3, ONE);
    off.set(HOUR);
    cluster.service().forgetDefaults();
    Await.until(
        () -> "settings are brought again: " + cluster,
        PATIENCE,
        () -> cluster.service().defaults().contains("7d"));
    rolls(cluster);
  }

  /** It is made, rolls once, each pod once, and rests. */
  private static void rolls(FakeCluster cluster) throws InterruptedException {
    cluster.change(3, ONE, "7d");
    cluster.awaitSettled(3, ONE);
    List<String> first = uids(cluster);
    cluster.change(3, OTHER, "9d");
    cluster.awaitSettled(3, OTHER);
    List<String> second = uids(cluster);
    assertThat(second).doesNotContainAnyElementsOf(first);
    cluster.awaitLooks();
    assertThat(uids(cluster)).as("no pod goes once all is settled").isEqualTo(second);
    assertThat(cluster.service().members().wrongs()).isEmpty();
  }

  private static List<String> uids(FakeCluster cluster) {
    return cluster.pods(pod -> pod.getMetadata().getUid());
  }

  private Lives.Life life(String what, Around around) {
    return life(what, around, InstantSource.system());
  }

  private Lives.Life life(String what, Around around, InstantSource clock) {
    String namespace = server.newNamespace();
    return () -> {
      try (FakeCluster cluster = new FakeCluster(client, client, namespace, clock)) {
        around.happens(namespace, cluster);
      } catch (AssertionError e) {
        throw new AssertionError(what + ": " + e.getMessage(), e);
      }
    };
  }

  /** What goes on around one cluster. */
  private interface Around {
    void happens(String namespace, FakeCluster cluster) throws Exception;
  }
}
