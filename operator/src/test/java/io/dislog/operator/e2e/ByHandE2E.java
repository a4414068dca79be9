package io.dislog.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people do by hand to a cluster's objects, its operator and its namespace. */
@Tag("slow")
@ExtendWith(InstalledOperator.class)
final class ByHandE2E {

  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final Installation operator = new Installation(client, Settings.given());
  private final Steps steps = new Steps(System.out);

  @Test
  void aClusterOutlivesWhatIsDoneToItsObjects() throws Exception {
    Trial trial = Trial.begin(client, "dislog-e2e-hands", 3, "");
    steps.step("its StatefulSet is orphaned", () -> orphan(trial));
    steps.step("its StatefulSet is scaled by hand", () -> scaleByHand(trial));
    steps.step("its StatefulSet is restarted by kubectl", () -> restart(trial));
    steps.step("each pod is evicted in turn, as kubectl drain does it", () -> evict(trial));
    steps.step("its operator is deleted in the middle of a roll", () -> withoutOperator(trial));
    steps.step("everything is read back", trial::end);
  }

  @Test
  void namesakesDoNotTouchEachOther() throws Exception {
    Trial first = Trial.begin(client, "dislog-e2e-left", 1, "");
    Trial second = Trial.begin(client, "dislog-e2e-right", 1, "");
    steps.step("one of two namesakes goes with its namespace", () -> deleteNamespace(first));
    second.traffic().awaitAppends(Trial.QUICK);
    steps.step("the other one is read back", second::end);
  }

  /** Nothing restarts: the pods are taken over. */
  private static String orphan(Trial trial) throws IOException, InterruptedException {
    Map<String, String> before = trial.podUids();
    String uid = uid(trial);
    trial.kubectl("delete", "statefulset", Cluster.NAME, "--cascade=orphan");
    Duration took =
        Waiting.until("there is another one", Trial.PATIENCE, () -> !uid.equals(uid(trial)));
    trial.awaitSettled(Trial.PATIENCE);
    assertThat(trial.podUids()).isEqualTo(before);
    return "made again after %s, and no pod restarted".formatted(Steps.text(took));
  }

  private static String uid(Trial trial) throws IOException, InterruptedException {
    String uid =
        trial.kubectl(
            "get",
            "statefulset",
            Cluster.NAME,
            "--ignore-not-found",
            "-o=jsonpath={.metadata.uid}");
    if (uid.isEmpty()) {
      throw new IOException("no StatefulSet");
    }
    return uid;
  }

  private static String scaleByHand(Trial trial) throws IOException, InterruptedException {
    trial.kubectl("scale", "statefulset/" + Cluster.NAME, "--replicas=1");
    Duration took =
        Waiting.until(
            "it has three replicas again",
            Trial.PATIENCE,
            () ->
                trial
                    .kubectl("get", "statefulset", Cluster.NAME, "-o=jsonpath={.spec.replicas}")
                    .equals("3"));
    Waiting.until("no pod ends on that account", Trial.PATIENCE, () -> noneEnds(trial));
    trial.awaitSettled(Trial.PATIENCE);
    return "put back after %s; the longest an append took: %s"
        .formatted(Steps.text(took), Steps.text(trial.traffic().longestWait()));
  }

  /** Whether the StatefulSet's controller has seen its latest, and all pods stay. */
  private static boolean noneEnds(Trial trial) throws IOException, InterruptedException {
    String generations =
        trial.kubectl(
            "get",
            "statefulset",
            Cluster.NAME,
            "-o=jsonpath={.metadata.generation} {.status.observedGeneration}");
    String[] both = generations.split(" ", -1);
    return both[0].equals(both[1])
        && trial.podUids().size() == 3
        && trial.cluster().pods().stream()
            .allMatch(pod -> pod.getMetadata().getDeletionTimestamp() == null);
  }

  private static String restart(Trial trial) throws IOException, InterruptedException {
    Map<String, String> before = trial.podUids();
    trial.kubectl("rollout", "restart", "statefulset/" + Cluster.NAME);
    trial.awaitAllReplaced(before);
    Duration wait = trial.traffic().longestWait();
    assertThat(wait).as("the longest append").isLessThan(Duration.ofSeconds(10));
    return "all pods are others; the longest an append took: " + Steps.text(wait);
  }

  /** A drain asks again while a disruption budget refuses. */
  private static String evict(Trial trial) throws InterruptedException {
    Map<String, String> before = trial.podUids();
    for (String pod : before.keySet()) {
      Waiting.until(
          pod + " is evicted",
          Trial.PATIENCE,
          () ->
              trial.client().pods().inNamespace(trial.namespace()).withName(pod).evict()
                  || !before.get(pod).equals(trial.podUid(pod)));
      // Before it has ended, the cluster looks as settled as ever.
      Waiting.until(
          pod + " is another", Trial.PATIENCE, () -> !before.get(pod).equals(trial.podUid(pod)));
      trial.awaitSettled(Trial.PATIENCE);
    }
    assertThat(trial.podUids().values()).doesNotContainAnyElementsOf(before.values());
    Duration wait = trial.traffic().longestWait();
    assertThat(wait).as("the longest append").isLessThan(Duration.ofSeconds(10));
    return "the longest an append took: " + Steps.text(wait);
  }

  private String withoutOperator(Trial trial) throws IOException, InterruptedException {
    Map<String, String> before = trial.podUids();
    trial.cluster().patch("{\"spec\":{\"config\":{\"dislog.append.max-bytes\":\"15Mi\"}}}");
    Waiting.until(
        "one pod is another",
        Trial.PATIENCE,
        () -> trial.podUids().values().stream().anyMatch(uid -> !before.containsValue(uid)));
    Kubectl.run("delete", "deployment", Installation.NAME, "-n", Installation.NAMESPACE);
    trial.traffic().awaitAppends(Trial.QUICK);
    operator.apply("k8s/operator");
    trial.awaitAllReplaced(before);
    return "applied again, it went on; the longest an append took: "
        + Steps.text(trial.traffic().longestWait());
  }

  private String deleteNamespace(Trial trial) throws IOException, InterruptedException {
    trial.traffic().stop();
    Kubectl.run("delete", "namespace", trial.namespace(), "--wait=false");
    Duration took =
        Waiting.until(
            "the namespace is gone",
            Trial.PATIENCE,
            () -> client.namespaces().withName(trial.namespace()).get() == null);
    return "gone after %s; the operator logged %d lines of Java about it"
        .formatted(Steps.text(took), operator.stackTraceLines());
  }
}
