package io.dislog.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Changes that can't work, each taken back once the operator has stopped at the first pod: the
 * cluster heals by itself, without a lost append, and keeps its quorum where it had one.
 */
@Tag("slow")
@ExtendWith(InstalledOperator.class)
final class BadChangesE2E {

  private static final String LATER = "dislog-e2e-later";

  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final Settings settings = Settings.given();
  private final Steps steps = new Steps(System.out);

  /**
   * @param patch of the spec that can't work
   * @param back what takes it back
   */
  private record BadChange(String what, String patch, String back) {}

  private List<BadChange> changes() {
    return List.of(
        new BadChange("an image that does not exist", image("localhost/missing:1"), image(null)),
        new BadChange("an image that ends at once", image(settings.curlImage()), image(null)),
        new BadChange(
            "a property that the service refuses",
            config("dislog.append.max-bytes", "\"many\""),
            config("dislog.append.max-bytes", "null")),
        new BadChange(
            "a property that makes it deaf",
            config("quarkus.http.host-enabled", "\"false\""),
            config("quarkus.http.host-enabled", "null")),
        new BadChange(
            "more memory than any machine has",
            resources("{\"requests\":{\"memory\":\"4Ti\"}}"),
            resources("null")),
        new BadChange(
            "a memory limit that gets it killed",
            resources("{\"limits\":{\"memory\":\"24Mi\"}}"),
            resources("null")));
  }

  @Test
  void oneNodeHeals() throws Exception {
    healsOn(1);
  }

  @Test
  void threeNodesHealWithoutLosingTheirQuorum() throws Exception {
    healsOn(3);
  }

  @Test
  void fiveNodesHealWithoutLosingTheirQuorum() throws Exception {
    healsOn(5);
  }

  @Test
  void aNewClusterComesOnceThereIsItsStorageClass() throws Exception {
    Cluster cluster = new Cluster(client, "dislog-e2e-class");
    cluster.makeNamespace();
    steps.step("a storage class that does not exist", () -> isHealedByAClass(cluster));
    cluster.delete();
    Kubectl.run("delete", "storageclass", LATER);
    Kubectl.run("delete", "namespace", cluster.namespace(), "--wait=false");
  }

  /** The class can't be changed, so it is made. */
  private String isHealedByAClass(Cluster cluster) throws IOException, InterruptedException {
    Trial.apply(
        cluster.namespace(), 1, "storage: {size: 256Mi, storageClassName: %s}".formatted(LATER));
    Waiting.until(
        "it says what is missing",
        Trial.PATIENCE,
        () -> cluster.told("Ready").contains("\"" + LATER + "\" not found"));
    String told = cluster.told("Ready");
    StorageClass usual =
        client.storage().v1().storageClasses().list().getItems().stream().findFirst().orElseThrow();
    client
        .resource(
            new StorageClassBuilder(usual).withNewMetadata().withName(LATER).endMetadata().build())
        .create();
    Duration took = cluster.awaitSettled(Trial.PATIENCE);
    return "healed after %s (aim: 60 s); it said: %s".formatted(Steps.text(took), told);
  }

  @Test
  void aQuotaThatIsLiftedIsOutlived() throws Exception {
    Trial trial = Trial.begin(client, "dislog-e2e-quota", 3, "");
    steps.step("a quota that leaves out one pod", () -> outlivesAQuota(trial));
    steps.step("everything is read back", trial::end);
  }

  private static String outlivesAQuota(Trial trial) throws IOException, InterruptedException {
    trial.kubectl("create", "quota", "few", "--hard=pods=2");
    trial.traffic().longestWait();
    trial.cluster().patch("{\"spec\":" + config("dislog.append.max-bytes", "\"15Mi\"") + "}");
    Waiting.until(
        "it says that there is a quota",
        Trial.PATIENCE,
        () -> trial.condition("Ready").contains("quota"));
    trial.traffic().awaitAppends(Trial.QUICK);
    String told = trial.condition("Ready");
    trial.kubectl("delete", "quota", "few");
    return healed(trial, 3, told);
  }

  private void healsOn(int nodes) throws IOException, InterruptedException {
    Trial trial = Trial.begin(client, "dislog-e2e-bad-" + nodes, nodes, "");
    for (BadChange change : changes()) {
      steps.step("%d: %s".formatted(nodes, change.what()), () -> isHealed(trial, change, nodes));
    }
    steps.step(nodes + ": everything is read back", trial::end);
  }

  private static String isHealed(Trial trial, BadChange change, int nodes)
      throws InterruptedException {
    Map<String, String> before = trial.podUids();
    trial.traffic().longestWait();
    trial.cluster().patch("{\"spec\":" + change.patch() + "}");
    Waiting.until(
        "a pod is replaced and does not become ready",
        Trial.PATIENCE,
        () -> isStopped(trial, before));
    String told = trial.condition("Progressing");
    if (nodes > 1) {
      trial.traffic().awaitAppends(Trial.QUICK);
      assertThat(trial.podUids().values().stream().filter(before::containsValue).count())
          .as("pods that were left alone")
          .isEqualTo(nodes - 1);
    }
    trial.cluster().patch("{\"spec\":" + change.back() + "}");
    return healed(trial, nodes, told);
  }

  private static String healed(Trial trial, int nodes, String told) throws InterruptedException {
    Duration took = trial.awaitSettled(Trial.PATIENCE);
    Duration wait = trial.traffic().longestWait();
    if (nodes > 1) {
      assertThat(wait).as("the longest append").isLessThan(Duration.ofSeconds(10));
    }
    return "healed after %s (aim: 60 s); the longest an append took: %s; it said: %s"
        .formatted(Steps.text(took), Steps.text(wait), told);
  }

  private static boolean isStopped(Trial trial, Map<String, String> before) {
    return trial.cluster().pods().stream()
        .anyMatch(pod ->
            !before.containsValue(pod.getMetadata().getUid())
                && !Readiness.isPodReady(pod)
                && trial.condition("Ready").startsWith("False"));
  }

  private static String image(@Nullable String image) {
    return "{\"image\":%s}".formatted(image == null ? "null" : '"' + image + '"');
  }

  private static String config(String property, String value) {
    return "{\"config\":{\"%s\":%s}}".formatted(property, value);
  }

  private static String resources(String value) {
    return "{\"resources\":%s}".formatted(value);
  }
}
