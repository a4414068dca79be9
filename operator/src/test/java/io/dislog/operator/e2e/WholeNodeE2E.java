package io.dislog.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The life of two clusters on a real Kubernetes, the one that the current kubeconfig names. Not
 * found by the usual runs: {@code ./dislog e2e} asks for it.
 */
final class WholeNodeE2E {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration WRITTEN = Duration.ofMinutes(1);

  /** That k8s/operator/several-namespaces names. */
  private static final List<String> TEAMS = List.of("team-a", "team-b");

  private static final Set<String> NAMESPACES =
      Set.of(
          Installation.NAMESPACE,
          "dislog-e2e-three",
          "dislog-e2e-one",
          "dislog-e2e-closed",
          TEAMS.getFirst(),
          TEAMS.getLast());

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
      steps.step("the operator is installed", () -> installed("k8s/operator"));
      steps.step("monitors, rules and the dashboard are applied", this::monitoring);
      new ThreeNodes(client, steps, settings, operator, three).live();
      new OneNode(steps, settings, one).live();
      steps.step("an operator for its own namespace has a node there", this::inOneNamespace);
      steps.step("an operator for two namespaces has a node in each", this::inTwoNamespaces);
      steps.step("the operator's roles grant what it uses", this::rights);
    } catch (AssertionError | Exception e) {
      Report.print(System.out, operator, three, one);
      throw e;
    }
  }

  private String clean() throws IOException, InterruptedException {
    Duration took = Waiting.until("nothing of it is left", PATIENCE, this::isClean);
    define("PodMonitor");
    define("PrometheusRule");
    return "after " + Steps.text(took);
  }

  /** Has the API server know a kind by its name, unless somebody brought the whole of it. */
  private static void define(String kind) throws IOException, InterruptedException {
    String singular = kind.toLowerCase(Locale.ROOT);
    String plural = singular + "s";
    String name = plural + ".monitoring.coreos.com";
    if (Kubectl.run("get", "crd", "--ignore-not-found", name).isEmpty()) {
      Kubectl.apply(
          """
          apiVersion: apiextensions.k8s.io/v1
          kind: CustomResourceDefinition
          metadata: {name: %2$s.monitoring.coreos.com}
          spec:
            group: monitoring.coreos.com
            scope: Namespaced
            names: {kind: %1$s, plural: %2$s, singular: %3$s}
            versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
          """
              .formatted(kind, plural, singular));
      Kubectl.run("wait", "--for=condition=Established", "crd/" + name, "--timeout=180s");
    }
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

  private String installed(String folder) throws IOException, InterruptedException {
    return "ready after " + Steps.text(operator.apply(folder));
  }

  private String monitoring() throws IOException, InterruptedException {
    return Kubectl.run("apply", "-k", settings.project().resolve("k8s/monitoring").toString())
            .lines()
            .count()
        + " objects";
  }

  private String inOneNamespace() throws IOException, InterruptedException {
    operator.withdraw();
    String installed = installed("k8s/operator/one-namespace");
    return installed + "; " + aNodeIn(Installation.NAMESPACE);
  }

  private String inTwoNamespaces() throws IOException, InterruptedException {
    for (String namespace : TEAMS) {
      new Cluster(client, namespace).makeNamespace();
    }
    String installed = installed("k8s/operator/several-namespaces");
    return installed + "; " + aNodeIn(TEAMS.getFirst()) + "; " + aNodeIn(TEAMS.getLast());
  }

  /** Has one made, and go. */
  private String aNodeIn(String namespace) throws IOException, InterruptedException {
    Lifespan node = new Lifespan(settings, new Cluster(client, namespace));
    String applied = node.apply("k8s/samples/one-node.yaml", 1);
    node.delete(1);
    return applied;
  }

  private String rights() throws IOException, InterruptedException {
    Path auditLog = settings.auditLog();
    if (auditLog == null) {
      return "not known: without -De2e.audit-log= nobody wrote down what it asked for";
    }
    Set<String> granted = Rights.granted(client);
    // What was asked for last may still be on its way into the log.
    Rights rights = new Rights(auditLog);
    long begun = System.nanoTime();
    while (!rights.used().containsAll(granted) && System.nanoTime() - begun < WRITTEN.toNanos()) {
      TimeUnit.SECONDS.sleep(1);
      rights = new Rights(auditLog);
    }
    assertThat(rights.refused()).as("asked for and not granted").isEmpty();
    assertThat(granted).as("granted").isEqualTo(rights.used());
    return "each of %d, and nothing was refused".formatted(granted.size());
  }
}
