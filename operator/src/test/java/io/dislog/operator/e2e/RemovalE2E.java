package io.dislog.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever removes the operator keeps the clusters, and whoever installs it again restarts none. */
@Tag("slow")
final class RemovalE2E {

  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final Settings settings = Settings.given();
  private final Installation operator = new Installation(client, settings);
  private final Steps steps = new Steps(System.out);

  @Test
  void clustersOutliveTheirOperator() throws Exception {
    operator.apply("k8s/operator");
    Trial kept = Trial.begin(client, "dislog-e2e-kept", 1, "");
    Trial goes =
        Trial.begin(client, "dislog-e2e-goes", 1, "storage: {size: 256Mi, whenDeleted: Delete}");
    steps.step("the operator is removed", () -> remove(kept, goes));
    steps.step("its definition is not", this::refuseToDeleteTheDefinition);
    steps.step("the operator is installed again", () -> adopt(kept, goes));
    steps.step("a protected cluster is not deleted", () -> protect(kept));
    steps.step("everything is read back", kept::end);
    steps.step("everything is read back", goes::end);
  }

  private String remove(Trial... trials) throws IOException, InterruptedException {
    Kubectl.run("delete", "-k", folder("k8s/operator"), "--wait=true");
    for (Trial trial : trials) {
      trial.traffic().awaitAppends(Trial.QUICK);
    }
    return "appends go on";
  }

  private String folder(String folder) {
    return settings.project().resolve(folder).toString();
  }

  private String refuseToDeleteTheDefinition() throws InterruptedException {
    String said = refusal("delete", "-k", folder("crds"), "--timeout=10s");
    assertThat(said).contains("dislog.io/allow-deletion");
    return said.strip();
  }

  private static String refusal(String... arguments) throws InterruptedException {
    try {
      throw new AssertionError("not refused: " + Kubectl.run(arguments));
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private String adopt(Trial... trials) throws IOException, InterruptedException {
    Map<String, String> kept = trials[0].podUids();
    Map<String, String> goes = trials[1].podUids();
    Duration took = operator.apply("k8s/operator");
    for (Trial trial : trials) {
      trial.awaitSettled(Trial.PATIENCE);
    }
    assertThat(trials[0].podUids()).isEqualTo(kept);
    assertThat(trials[1].podUids()).isEqualTo(goes);
    return "ready after %s, and no pod restarted".formatted(Steps.text(took));
  }

  private static String protect(Trial trial) throws IOException, InterruptedException {
    trial.kubectl("annotate", "dlc/" + Cluster.NAME, "dislog.io/protect=true");
    String said =
        refusal("delete", "dlc/" + Cluster.NAME, "-n", trial.namespace(), "--timeout=10s");
    assertThat(said).contains("dislog.io/protect");
    trial.kubectl("annotate", "dlc/" + Cluster.NAME, "dislog.io/protect-");
    return said.strip();
  }
}
