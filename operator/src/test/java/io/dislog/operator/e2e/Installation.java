package io.dislog.operator.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The operator as {@code kubectl apply -k} installs it, with the images to be tried. */
final class Installation {

  static final String NAMESPACE = "dislog-system";
  static final String NAME = "dislog-operator";

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final KubernetesClient client;
  private final Settings settings;

  Installation(KubernetesClient client, Settings settings) {
    this.client = client;
    this.settings = settings;
  }

  /** Installs it, and waits until it is ready. */
  Duration apply() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    Kubectl.apply(manifests("k8s/operator"));
    awaitReady();
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** Whether the API server takes a folder's manifests too. */
  void dryRun(String folder) throws IOException, InterruptedException {
    Kubectl.apply(manifests(folder), "--dry-run=server");
  }

  /** As they stand but for the images. */
  private String manifests(String folder) throws IOException, InterruptedException {
    String path = settings.project().resolve(folder).toString();
    return Kubectl.run("kustomize", path)
        .replaceAll("image: dislog-operator:.*", "image: " + settings.operatorImage())
        .replaceAll("value: dislog:.*", "value: " + settings.image());
  }

  private void awaitReady() throws InterruptedException {
    Waiting.until(
        "the operator is ready",
        PATIENCE,
        () -> {
          Deployment deployment =
              client.apps().deployments().inNamespace(NAMESPACE).withName(NAME).get();
          Integer ready = deployment.getStatus().getReadyReplicas();
          return ready != null && ready.equals(deployment.getSpec().getReplicas());
        });
  }

  /** Kills it without notice; Kubernetes makes another. */
  void kill() {
    for (Pod pod : pods()) {
      Killing.kill(client, pod);
    }
  }

  List<Pod> pods() {
    return client
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel("app.kubernetes.io/name", NAME)
        .list()
        .getItems();
  }
}
