package io.dislog.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The life of two clusters on a real Kubernetes, the one that the current kubeconfig names. Not
 * found by the usual runs: {@code ./dislog e2e} asks for it.
 */
final class WholeNodeE2E {

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final Set<String> NAMESPACES =
      Set.of(Installation.NAMESPACE, "dislog-e2e-three", "dislog-e2e-one", "team-a", "team-b");

  /** As much of that kind as the operator needs. */
  private static final String POD_MONITORS =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: podmonitors.monitoring.coreos.com}
      spec:
        group: monitoring.coreos.com
        scope: Namespaced
        names: {kind: PodMonitor, plural: podmonitors, singular: podmonitor}
        versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
      """;

  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final Settings settings = Settings.given();
  private final Steps steps = new Steps(System.out);
  private final Installation operator = new Installation(client, settings);
  private final Cluster three = new Cluster(client, "dislog-e2e-three");
  private final Cluster one = new Cluster(client, "dislog-e2e-one");

  @Test
  void theLifeOfTwoClusters() throws Exception {
    try {
      steps.step("what an earlier run left is deleted", this::clean);
      steps.step("the operator is installed", () -> "ready after " + Steps.text(operator.apply()));
      steps.step("the other overlays and the samples are taken", this::dryRun);
      new ThreeNodes(client, steps, settings, operator, three).live();
      new OneNode(steps, settings, one).live();
      steps.step("the operator's roles grant what it uses", this::rights);
    } catch (AssertionError | Exception e) {
      Report.print(System.out, operator, three, one);
      throw e;
    }
  }

  private String clean() throws IOException, InterruptedException {
    Duration took = Waiting.until("nothing of it is left", PATIENCE, this::isClean);
    if (Kubectl.run("get", "crd", "--ignore-not-found", "podmonitors.monitoring.coreos.com")
        .isEmpty()) {
      Kubectl.apply(POD_MONITORS);
    }
    return "after " + Steps.text(took);
  }

  private boolean isClean() {
    List<Namespace> left =
        client.namespaces().list().getItems().stream()
            .filter(namespace -> NAMESPACES.contains(namespace.getMetadata().getName()))
            .toList();
    left.stream()
        .filter(namespace -> namespace.getMetadata().getDeletionTimestamp() == null)
        .forEach(namespace -> client.resource(namespace).delete());
    return left.isEmpty();
  }

  private String dryRun() throws IOException, InterruptedException {
    for (String namespace : List.of("team-a", "team-b")) {
      new Cluster(client, namespace).makeNamespace();
    }
    operator.dryRun("k8s/operator/one-namespace");
    operator.dryRun("k8s/operator/several-namespaces");
    return "by the API server, in a dry run";
  }

  private String rights() throws IOException {
    Path auditLog = settings.auditLog();
    if (auditLog == null) {
      return "not known: without -De2e.audit-log= nobody wrote down what it asked for";
    }
    Rights rights = new Rights(auditLog);
    Set<String> granted = Rights.granted(client);
    assertThat(rights.refused()).as("asked for and not granted").isEmpty();
    // The framework looks whether it has this one, and then does without.
    granted.remove("update coordination.k8s.io/leases");
    assertThat(granted).as("granted").isEqualTo(rights.used());
    return "each of %d, and nothing was refused".formatted(granted.size());
  }
}
