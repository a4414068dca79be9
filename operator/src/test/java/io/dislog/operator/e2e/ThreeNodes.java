package io.dislog.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a cluster of three nodes goes through, step by step. For one thread. */
final class ThreeNodes {

  private static final Duration QUICK = Duration.ofMinutes(3);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration AGAIN = Duration.ofMinutes(3);
  private static final Duration FAILOVER = Duration.ofSeconds(30);
  private static final int KILLS = 3;
  private static final String DEMO = "dislog-demo";

  private final KubernetesClient client;
  private final Steps steps;
  private final Settings settings;
  private final Installation operator;
  private final Cluster three;
  private final Lifespan lifespan;

  ThreeNodes(
      KubernetesClient client,
      Steps steps,
      Settings settings,
      Installation operator,
      Cluster three) {
    this.client = client;
    this.steps = steps;
    this.settings = settings;
    this.operator = operator;
    this.three = three;
    this.lifespan = new Lifespan(settings, three);
  }

  void live() throws IOException, InterruptedException {
    steps.step("three nodes are applied", () -> lifespan.apply("k8s/samples/three-nodes.yaml", 3));
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
    steps.step("a node loses its volume", () -> loseVolume(traffic));
    steps.step("the volumes grow", () -> grow(traffic));
    traffic.stop();
    steps.step("everything is read back", () -> lifespan.readBack(traffic));
    steps.step("the cluster is deleted and its volumes are kept", () -> lifespan.delete(3));
    steps.step(
        "it is applied again over its volumes",
        () -> lifespan.apply("k8s/samples/three-nodes.yaml", 3));
    steps.step("everything is read back", () -> lifespan.readBack(traffic));
    steps.step(
        "the cluster is deleted with its volumes",
        () -> {
          three.patch("{\"spec\":{\"storage\":{\"whenDeleted\":\"Delete\"}}}");
          three.awaitSettled(PATIENCE);
          return lifespan.delete(0);
        });
  }

  /**
   * Of a log that has it from the cluster; another has its own, which stays. What is promised is
   * for machines that have a processor left: here nodes and clients that have just started use all.
   */
  private String retention(Door door) throws InterruptedException {
    three.awaitSettled(PATIENCE);
    three.patch("{\"spec\":{\"retention\":{\"maxAge\":\"5d\"}}}");
    Duration took =
        Waiting.until(
            "the new retention is in force",
            QUICK,
            () -> maxAge(door, "orders").equals("5d") && maxAge(door, "clicks").equals("12h"));
    return "in force after %s (aim: 10 s)".formatted(Steps.text(took));
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

  /** More than once where the machine stood still: it is soon in one round at least. */
  private String killLeader(Traffic traffic, Door door) throws InterruptedException {
    List<String> waits = new ArrayList<>();
    String done;
    Duration wait;
    do {
      traffic.longestWait();
      done = Killing.kill(client, three.pod(three.leader(door)));
      traffic.awaitAppends(PATIENCE);
      wait = traffic.longestWait();
      waits.add(Steps.text(wait));
      three.awaitSettled(PATIENCE);
      traffic.awaitAppends(PATIENCE);
    } while (wait.compareTo(FAILOVER) >= 0 && waits.size() < KILLS);
    assertThat(wait).as("the next append, %s", waits).isLessThan(FAILOVER);
    return "%s; the longest an append took: %s (aim: 10 s)"
        .formatted(done, String.join(", ", waits));
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

  private String demo() throws IOException, InterruptedException {
    String sample = Files.readString(settings.project().resolve("k8s/samples/demo.yaml"));
    Kubectl.apply(
        sample.replaceAll("image: curlimages/curl:.*", "image: " + settings.curlImage()),
        "-n",
        three.namespace());
    Duration took = Waiting.until("the job is complete", PATIENCE, this::isDemoComplete);
    String said = Kubectl.run("logs", "job/" + DEMO, "-n", three.namespace(), "-c", "produce");
    assertThat(said.lines().filter(line -> line.contains("\"baseOffset\":"))).hasSize(100);
    Kubectl.run("delete", "job/" + DEMO, "-n", three.namespace());
    return "a hundred records within " + Steps.text(took);
  }

  private boolean isDemoComplete() {
    Job job = client.batch().v1().jobs().inNamespace(three.namespace()).withName(DEMO).get();
    return job.getStatus() != null && Integer.valueOf(1).equals(job.getStatus().getSucceeded());
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

  /** As docs/operations.md has it done where a volume does not come back. */
  private String loseVolume(Traffic traffic) throws IOException, InterruptedException {
    traffic.longestWait();
    String lost = claim("data-demo-2").getMetadata().getUid();
    Kubectl.run("delete", "pvc", "data-demo-2", "-n", three.namespace(), "--wait=false");
    Kubectl.run("delete", "pod", "demo-2", "-n", three.namespace());
    Waiting.until(
        "it has another volume",
        PATIENCE,
        () -> {
          PersistentVolumeClaim claim = claim("data-demo-2");
          return claim != null && !claim.getMetadata().getUid().equals(lost);
        });
    Duration took = three.awaitSettled(PATIENCE);
    traffic.awaitAppends(QUICK);
    return "added anew, settled %s after it had another; the longest an append took: %s"
        .formatted(Steps.text(took), Steps.text(traffic.longestWait()));
  }

  private PersistentVolumeClaim claim(String name) {
    return client.persistentVolumeClaims().inNamespace(three.namespace()).withName(name).get();
  }

  private String grow(Traffic traffic) throws InterruptedException {
    three.patch("{\"spec\":{\"storage\":{\"size\":\"11Gi\"}}}");
    Duration took =
        Waiting.until(
            "every claim has grown",
            PATIENCE,
            () -> three.claims().stream().map(ThreeNodes::capacity).allMatch("11Gi"::equals));
    three.awaitSettled(PATIENCE);
    traffic.awaitAppends(QUICK);
    return "within " + Steps.text(took);
  }

  private static String capacity(PersistentVolumeClaim claim) {
    return String.valueOf(claim.getStatus().getCapacity().get("storage"));
  }
}
