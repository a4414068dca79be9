package io.dislog.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The life of two clusters on a real Kubernetes, the one that the current kubeconfig names. Not
 * found by the usual runs: {@code ./dislog e2e} asks for it.
 */
final class WholeNodeE2E {

  private static final Duration QUICK = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration AGAIN = Duration.ofSeconds(30);

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
      threeNodes();
      oneNode();
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

  private void threeNodes() throws IOException, InterruptedException {
    steps.step("three nodes are applied", () -> apply(three, "k8s/samples/three-nodes.yaml", 3));
    Door door = three.door();
    Traffic traffic = new Traffic(door);
    traffic.start();
    traffic.awaitAppends(QUICK);
    traffic.longestWait();
    steps.step("retention is changed", () -> retention(door));
    steps.step("what was changed by hand is put back", this::putBack);
    steps.step("a leader is killed", () -> killLeader(traffic, door));
    steps.step("metrics are collected, and then not", this::podMonitor);
    steps.step("the demo job produces and consumes", this::demo);
    steps.step("a property is changed: the nodes restart one by one", () -> roll(traffic, "16Mi"));
    steps.step(
        "the same with the operator killed in the middle", () -> rollWithoutOperator(traffic));
    steps.step("the volumes grow", () -> grow(traffic));
    traffic.stop();
    steps.step("everything is read back", () -> readBack(traffic, three));
    steps.step("the cluster is deleted and its volumes are kept", () -> delete(three, 3));
    steps.step(
        "it is applied again over its volumes",
        () -> apply(three, "k8s/samples/three-nodes.yaml", 3));
    steps.step("everything is read back", () -> readBack(traffic, three));
    steps.step(
        "the cluster is deleted with its volumes",
        () -> {
          three.patch("{\"spec\":{\"storage\":{\"whenDeleted\":\"Delete\"}}}");
          three.awaitSettled(PATIENCE);
          return delete(three, 0);
        });
  }

  private void oneNode() throws IOException, InterruptedException {
    steps.step("one node is applied", () -> apply(one, "k8s/samples/one-node.yaml", 1));
    Door door = one.door();
    Traffic traffic = new Traffic(door);
    traffic.start();
    traffic.awaitAppends(QUICK);
    for (int replicas : new int[] {3, 5, 3, 1}) {
      steps.step("it is scaled to " + replicas, () -> scale(traffic, replicas));
    }
    traffic.stop();
    steps.step("everything is read back", () -> readBack(traffic, one));
    steps.step("the cluster is deleted and its volumes are kept", () -> delete(one, 5));
  }

  private String apply(Cluster cluster, String sample, int nodes)
      throws IOException, InterruptedException {
    cluster.makeNamespace();
    long begun = System.nanoTime();
    cluster.apply(settings.project().resolve(sample));
    Door door = cluster.door();
    Duration appended =
        Waiting.until(
            "an append is acknowledged",
            PATIENCE,
            () -> door.send("POST", "/v1/logs/orders/records", Map.of(), "first").status() == 201);
    Waiting.until("all pods are ready", PATIENCE, () -> cluster.readyPods() == nodes);
    Duration ready = Duration.ofNanos(System.nanoTime() - begun);
    cluster.awaitSettled(PATIENCE);
    return "all pods ready after %s, the first append after %s"
        .formatted(Steps.text(ready), Steps.text(appended));
  }

  /** Of a log that has it from the cluster; another has its own, which stays. */
  private String retention(Door door) throws InterruptedException {
    three.patch("{\"spec\":{\"retention\":{\"maxAge\":\"5d\"}}}");
    Duration took =
        Waiting.until(
            "the new retention is in force",
            QUICK,
            () -> maxAge(door, "orders").equals("5d") && maxAge(door, "clicks").equals("12h"));
    assertThat(took).isLessThan(Duration.ofSeconds(10));
    return "in force after " + Steps.text(took);
  }

  private static String maxAge(Door door, String log) throws IOException, InterruptedException {
    return Cluster.read(door, "/v1/logs/" + log).at("/config/retention/maxAge").asText();
  }

  private String putBack() throws InterruptedException {
    client
        .services()
        .inNamespace(three.namespace())
        .withName(Cluster.NAME)
        .edit(service -> {
          service.getSpec().getPorts().getFirst().setPort(8088);
          return service;
        });
    Duration service =
        Waiting.until("the Service's port is put back", AGAIN, () -> servicePort() == 8080);
    client
        .policy()
        .v1()
        .podDisruptionBudget()
        .inNamespace(three.namespace())
        .withName(Cluster.NAME)
        .delete();
    Duration budget =
        Waiting.until(
            "the disruption budget is there again",
            AGAIN,
            () ->
                client
                        .policy()
                        .v1()
                        .podDisruptionBudget()
                        .inNamespace(three.namespace())
                        .withName(Cluster.NAME)
                        .get()
                    != null);
    return "a port after %s, a deleted disruption budget after %s"
        .formatted(Steps.text(service), Steps.text(budget));
  }

  private int servicePort() {
    return client
        .services()
        .inNamespace(three.namespace())
        .withName(Cluster.NAME)
        .get()
        .getSpec()
        .getPorts()
        .getFirst()
        .getPort();
  }

  private String killLeader(Traffic traffic, Door door) throws IOException, InterruptedException {
    traffic.longestWait();
    String done = Killing.kill(client, three.pod(three.leader(door)));
    traffic.awaitAppends(PATIENCE);
    Duration wait = traffic.longestWait();
    three.awaitSettled(PATIENCE);
    assertThat(wait).as("the next append").isLessThan(Duration.ofSeconds(30));
    return "%s; the longest an append took: %s (aim: 10 s)".formatted(done, Steps.text(wait));
  }

  private String podMonitor() throws IOException, InterruptedException {
    three.patch("{\"spec\":{\"metrics\":{\"podMonitor\":true}}}");
    Waiting.until("there is a PodMonitor", PATIENCE, this::hasPodMonitor);
    three.patch("{\"spec\":{\"metrics\":{\"podMonitor\":false}}}");
    Waiting.until("there is no PodMonitor", PATIENCE, () -> !hasPodMonitor());
    return "by a PodMonitor, which came and went";
  }

  private boolean hasPodMonitor() throws IOException, InterruptedException {
    return !Kubectl.run("get", "podmonitors", "-n", three.namespace(), "-o", "name").isEmpty();
  }

  /**
   * Its manifest goes to the API server in a dry run, since its image may not be to be had; what
   * its two containers do is done here.
   */
  private String demo() throws IOException, InterruptedException {
    String address = three.address();
    if (address.isEmpty()) {
      return "not done: this machine does not reach the Service";
    }
    Path sample = settings.project().resolve("k8s/samples/demo.yaml");
    Kubectl.run("apply", "-n", three.namespace(), "--dry-run=server", "-f", sample.toString());
    Job job = client.batch().v1().jobs().load(sample.toFile()).item();
    List<Process> containers = new ArrayList<>();
    for (Container container : job.getSpec().getTemplate().getSpec().getContainers()) {
      List<String> command =
          container.getCommand().stream()
              .map(word -> word.replace("http://demo:8080", address))
              .toList();
      ProcessBuilder process = new ProcessBuilder(command).inheritIO();
      process.environment().put("HOSTNAME", "dislog-demo");
      containers.add(process.redirectOutput(ProcessBuilder.Redirect.DISCARD).start());
    }
    Duration took =
        Waiting.until(
            "both have ended", PATIENCE, () -> containers.stream().noneMatch(Process::isAlive));
    assertThat(containers).extracting(Process::exitValue).containsExactly(0, 0);
    return "a hundred records within " + Steps.text(took);
  }

  private String roll(Traffic traffic, String bytes) throws InterruptedException {
    Map<String, String> before = uids();
    traffic.longestWait();
    change(bytes);
    Waiting.until(
        "every pod is another",
        PATIENCE,
        () -> uids().values().stream().noneMatch(before::containsValue));
    Duration took = three.awaitSettled(PATIENCE);
    traffic.awaitAppends(QUICK);
    return "settled %s after the last pod's end; the longest an append took: %s (aim: 2 s)"
        .formatted(Steps.text(took), Steps.text(traffic.longestWait()));
  }

  private String rollWithoutOperator(Traffic traffic) throws InterruptedException {
    Map<String, String> before = uids();
    traffic.longestWait();
    change("17Mi");
    Waiting.until(
        "one pod is another",
        PATIENCE,
        () -> uids().values().stream().anyMatch(uid -> !before.containsValue(uid)));
    operator.kill();
    Waiting.until(
        "every pod is another",
        PATIENCE,
        () -> uids().values().stream().noneMatch(before::containsValue));
    three.awaitSettled(PATIENCE);
    traffic.awaitAppends(QUICK);
    return "it went on; the longest an append took: " + Steps.text(traffic.longestWait());
  }

  private void change(String bytes) {
    three.patch("{\"spec\":{\"config\":{\"dislog.append.max-bytes\":\"%s\"}}}".formatted(bytes));
  }

  private Map<String, String> uids() {
    return three.pods().stream()
        .collect(
            Collectors.toMap(
                pod -> pod.getMetadata().getName(), pod -> pod.getMetadata().getUid()));
  }

  private String grow(Traffic traffic) throws InterruptedException {
    three.patch("{\"spec\":{\"storage\":{\"size\":\"11Gi\"}}}");
    Duration took =
        Waiting.until(
            "every claim has grown",
            PATIENCE,
            () -> three.claims().stream().map(WholeNodeE2E::capacity).allMatch("11Gi"::equals));
    three.awaitSettled(PATIENCE);
    traffic.awaitAppends(QUICK);
    return "within " + Steps.text(took);
  }

  private static String capacity(PersistentVolumeClaim claim) {
    return String.valueOf(claim.getStatus().getCapacity().get("storage"));
  }

  private String scale(Traffic traffic, int replicas) throws IOException, InterruptedException {
    traffic.longestWait();
    Kubectl.run("scale", "dlc/" + Cluster.NAME, "-n", one.namespace(), "--replicas=" + replicas);
    Duration took = one.awaitSettled(PATIENCE);
    traffic.awaitAppends(QUICK);
    return "settled after %s; the longest an append took: %s"
        .formatted(Steps.text(took), Steps.text(traffic.longestWait()));
  }

  private static String readBack(Traffic traffic, Cluster cluster) throws InterruptedException {
    return traffic.readBack(cluster.door()) + " records, byte for byte";
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

  /** Everything goes but the claims that are to stay. */
  private String delete(Cluster cluster, int claims) throws InterruptedException {
    cluster.delete();
    Duration took =
        Waiting.until(
            "no pod is left and %d claims are".formatted(claims),
            PATIENCE,
            () -> cluster.pods().isEmpty() && cluster.claims().size() == claims);
    return "after " + Steps.text(took);
  }
}
