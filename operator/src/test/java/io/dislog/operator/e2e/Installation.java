package io.dislog.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The operator as {@code kubectl apply -k} installs it, with the images to be tried. */
final class Installation {

  static final String NAMESPACE = "dislog-system";
  static final String NAME = "dislog-operator";

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final KubernetesClient client;
  private final Settings settings;

  Installation(KubernetesClient client, Settings settings) {
    this.client = client;
    this.settings = settings;
  }

  /**
   * Installs it as a folder has it, after the definition and what protects it, and waits until that
   * one alone runs and is ready.
   */
  Duration apply(String folder) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    for (String before : List.of("crds", "k8s/protection")) {
      Kubectl.run("apply", "-k", settings.project().resolve(before).toString());
    }
    Kubectl.apply(manifests(folder));
    Waiting.until("the operator is ready", PATIENCE, this::isReady);
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** Stops it, which gives up its lease, and takes away its rights in all namespaces. */
  void withdraw() throws IOException, InterruptedException {
    Kubectl.run("scale", "deployment/" + NAME, "-n", NAMESPACE, "--replicas=0");
    Waiting.until("the operator is gone", PATIENCE, () -> pods().isEmpty());
    Lease lease = client.leases().inNamespace(NAMESPACE).withName(NAME).get();
    assertThat(lease.getSpec().getHolderIdentity()).as("holder of the lease").isNull();
    Kubectl.run("delete", "clusterrolebinding", NAME);
  }

  /** As they stand but for the images. */
  private String manifests(String folder) throws IOException, InterruptedException {
    String path = settings.project().resolve(folder).toString();
    return Kubectl.run("kustomize", path)
        .replaceAll("image: dislog-operator:.*", "image: " + settings.operatorImage())
        .replaceAll("value: dislog:.*", "value: " + settings.image());
  }

  private boolean isReady() {
    Deployment deployment = client.apps().deployments().inNamespace(NAMESPACE).withName(NAME).get();
    DeploymentStatus status = deployment.getStatus();
    Integer wanted = deployment.getSpec().getReplicas();
    return deployment.getMetadata().getGeneration().equals(status.getObservedGeneration())
        && wanted.equals(status.getReplicas())
        && wanted.equals(status.getUpdatedReplicas())
        && wanted.equals(status.getReadyReplicas());
  }

  /** Kills it without notice; Kubernetes makes another. */
  void kill() {
    for (Pod pod : pods()) {
      Killing.kill(client, pod);
    }
  }

  /** Lines of its logs that are frames of a stack trace. */
  long stackTraceLines() {
    return pods().stream()
        .map(pod -> client.pods().resource(pod).getLog())
        .flatMap(String::lines)
        .filter(line -> line.startsWith("\tat "))
        .count();
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
