package io.dislog.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clusters that grow and shrink, in the ways that the life of two clusters has not. */
@Tag("slow")
@ExtendWith(InstalledOperator.class)
final class ScalingE2E {

  private static final String DELETE =
      "storage: {size: 256Mi, whenScaled: Delete, whenDeleted: Delete}";

  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final Installation operator = new Installation(client, Settings.given());
  private final Steps steps = new Steps(System.out);

  @Test
  void volumesGoWithTheirNodesWhereTheyAreToAndComeBackEmpty() throws Exception {
    Trial trial = Trial.begin(client, "dislog-e2e-scaled", 3, DELETE);
    steps.step("3 to 1 nodes with their volumes", () -> scale(trial, 1, 1));
    steps.step("1 to 3 nodes", () -> scale(trial, 3, 3));
    steps.step("3 to 2 nodes", () -> scale(trial, 2, 2));
    steps.step("2 to 1 nodes, and the operator is deleted in the middle", () -> shrinkAlone(trial));
    steps.step("1 to 2 to 1 nodes", () -> scale(trial, 2, 2) + "; " + scale(trial, 1, 1));
    steps.step("everything is read back", trial::end);
  }

  @Test
  void nineNodesServe() throws Exception {
    Trial trial = Trial.begin(client, "dislog-e2e-nine", 9, "shards: 3, " + DELETE);
    steps.step("9 to 7 nodes", () -> scale(trial, 7, 7));
    steps.step("everything is read back", trial::end);
  }

  @Test
  void aSmallMemoryLimitIsEnough() throws Exception {
    Trial trial =
        Trial.begin(client, "dislog-e2e-memory-256mi", 1, "resources: {limits: {memory: 256Mi}}");
    steps.step("a node with a memory limit of 256Mi", () -> serves(trial));
    steps.step("everything is read back", trial::end);
  }

  /** A JVM takes some 150 MiB besides its heap. */
  @Test
  void aNodeThatNeedsMoreMemoryThanItMayHaveSaysSo() throws Exception {
    Cluster cluster = new Cluster(client, "dislog-e2e-memory-128mi");
    cluster.makeNamespace();
    Trial.apply(cluster.namespace(), 1, "resources: {limits: {memory: 128Mi}}");
    Waiting.until(
        "the condition says why",
        Trial.PATIENCE,
        () -> cluster.told("Ready").contains("OOMKilled"));
    steps.step("a node with a memory limit of 128Mi", () -> cluster.told("Ready"));
    cluster.delete();
  }

  private static String scale(Trial trial, int replicas, int claims)
      throws IOException, InterruptedException {
    trial.traffic().longestWait();
    trial.kubectl("scale", "dlc/" + Cluster.NAME, "--replicas=" + replicas);
    Duration took = trial.awaitSettled(Trial.PATIENCE);
    Waiting.until(
        claims + " claims are left", Trial.QUICK, () -> trial.cluster().claims().size() == claims);
    return "settled after %s; the longest an append took: %s"
        .formatted(Steps.text(took), Steps.text(trial.traffic().longestWait()));
  }

  private String shrinkAlone(Trial trial) throws IOException, InterruptedException {
    trial.kubectl("scale", "dlc/" + Cluster.NAME, "--replicas=1");
    Waiting.until(
        "it is under way", Trial.QUICK, () -> trial.condition("Progressing").startsWith("True"));
    Kubectl.run("delete", "deployment", Installation.NAME, "-n", Installation.NAMESPACE);
    trial.traffic().awaitAppends(Trial.QUICK);
    operator.apply("k8s/operator");
    Duration took = trial.awaitSettled(Trial.PATIENCE);
    return "settled %s after the operator was back; the longest an append took: %s"
        .formatted(Steps.text(took), Steps.text(trial.traffic().longestWait()));
  }

  /** Appended to and read for a while, without a restart. */
  private static String serves(Trial trial) throws InterruptedException {
    for (int round = 0; round < 100; round++) {
      trial.traffic().awaitAppends(Trial.QUICK);
    }
    int restarts =
        trial.cluster().pods().stream()
            .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
            .mapToInt(container -> container.getRestartCount())
            .sum();
    assertThat(restarts).as("restarts").isZero();
    return "no restart; the longest an append took: " + Steps.text(trial.traffic().longestWait());
  }
}
