package io.dislog.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Volumes that go away under a cluster. */
@Tag("slow")
@ExtendWith(InstalledOperator.class)
final class VolumesE2E {

  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final Steps steps = new Steps(System.out);

  @Test
  void aVolumeIsLostWhileAnotherNodeRolls() throws Exception {
    Trial trial = Trial.begin(client, "dislog-e2e-volumes", 3, "");
    steps.step("a volume is lost while another node rolls", () -> loseWhileRolling(trial));
    steps.step("everything is read back", trial::end);
  }

  @Test
  void twoOfThreeVolumesAreLostAndGivenUp() throws Exception {
    Trial trial = Trial.begin(client, "dislog-e2e-majority", 3, "");
    trial.traffic().stop();
    steps.step("two of three volumes are lost", () -> loseMajority(trial));
    steps.step("what they had is given up", () -> giveUp(trial));
    steps.step("everything is read back from the third", trial::end);
  }

  private static String loseMajority(Trial trial) throws IOException, InterruptedException {
    long records = trial.traffic().readBack(trial.cluster().door()); // Followers have it by now.
    for (String lost : List.of("demo-0", "demo-1")) {
      trial.kubectl("delete", "pvc", "data-" + lost, "--wait=false");
      trial.kubectl("delete", "pod", lost, "--wait=false");
    }
    Duration took =
        Waiting.until(
            "it says whose data are missing",
            Trial.PATIENCE,
            () ->
                trial.condition("Progressing").contains("DataLost")
                    && trial.condition("Progressing").contains("demo-0, demo-1"));
    return "%d records; it said after %s: %s"
        .formatted(records, Steps.text(took), trial.condition("Progressing"));
  }

  private static String giveUp(Trial trial) throws IOException, InterruptedException {
    String id = clusterId(trial);
    trial.kubectl("annotate", "dlc/" + Cluster.NAME, "dislog.io/accept-data-loss=" + id);
    Duration took = trial.cluster().awaitSettled(Trial.PATIENCE);
    assertThat(clusterId(trial)).as("the new cluster").isNotEqualTo(id).isNotEmpty();
    return "three nodes again after " + Steps.text(took);
  }

  private static String clusterId(Trial trial) throws IOException, InterruptedException {
    return trial.kubectl("get", "dlc", Cluster.NAME, "-o", "jsonpath={.status.clusterId}").strip();
  }

  /**
   * Two of three nodes are away for a while; what was acknowledged is on two volumes all the same.
   */
  private static String loseWhileRolling(Trial trial) throws IOException, InterruptedException {
    Map<String, String> before = trial.podUids();
    trial.cluster().patch("{\"spec\":{\"config\":{\"dislog.append.max-bytes\":\"15Mi\"}}}");
    Waiting.until(
        "a pod is replaced",
        Trial.PATIENCE,
        () -> trial.podUids().values().stream().anyMatch(uid -> !before.containsValue(uid)));
    String lost =
        before.entrySet().stream()
            .filter(pod -> pod.getValue().equals(trial.podUid(pod.getKey())))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    trial.kubectl("delete", "pvc", "data-" + lost, "--wait=false");
    trial.kubectl("delete", "pod", lost, "--wait=false");
    Duration took = trial.awaitAllReplaced(before);
    return "settled %s after the last pod's end; the longest an append took: %s"
        .formatted(Steps.text(took), Steps.text(trial.traffic().longestWait()));
  }
}
