package io.dislog.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A small cluster in a namespace of its own that is appended to and read all the while. For one
 * thread.
 */
final class Trial {

  static final Duration QUICK = Duration.ofMinutes(3);
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private final KubernetesClient client;
  private final Cluster cluster;
  private final Traffic traffic;

  private Trial(KubernetesClient client, Cluster cluster, Traffic traffic) {
    this.client = client;
    this.cluster = cluster;
    this.traffic = traffic;
  }

  /**
   * Makes the cluster, waits until it is as it should be, and begins to append and to read.
   *
   * @param spec members beside replicas and volumes, as YAML in flow style, or nothing
   */
  static Trial begin(KubernetesClient client, String namespace, int replicas, String spec)
      throws IOException, InterruptedException {
    Cluster cluster = new Cluster(client, namespace);
    cluster.makeNamespace();
    apply(namespace, replicas, spec);
    cluster.awaitSettled(PATIENCE);
    Traffic traffic = new Traffic(cluster.door());
    traffic.start();
    traffic.awaitAppends(QUICK);
    traffic.longestWait();
    return new Trial(client, cluster, traffic);
  }

  /** Applies the resource, as a user does again and again. */
  static void apply(String namespace, int replicas, String spec)
      throws IOException, InterruptedException {
    Kubectl.apply(
        """
        apiVersion: dislog.io/v1alpha1
        kind: DislogCluster
        metadata: {name: %s}
        spec: {replicas: %d, %s%s}
        """
            .formatted(
                Cluster.NAME,
                replicas,
                spec.contains("storage:") ? "" : "storage: {size: 256Mi}" + separator(spec),
                spec),
        "-n",
        namespace);
  }

  private static String separator(String spec) {
    return spec.isEmpty() ? "" : ", ";
  }

  Cluster cluster() {
    return cluster;
  }

  Traffic traffic() {
    return traffic;
  }

  String namespace() {
    return cluster.namespace();
  }

  String kubectl(String... arguments) throws IOException, InterruptedException {
    String[] all = new String[arguments.length + 2];
    all[0] = "-n";
    all[1] = namespace();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return Kubectl.run(all);
  }

  /** Waits until the cluster is as it should be and every log is appended to. */
  Duration awaitSettled(Duration patience) throws InterruptedException {
    Duration took = cluster.awaitSettled(patience);
    traffic.awaitAppends(QUICK);
    return took;
  }

  /**
   * Waits until every pod is another one, and all is settled.
   *
   * @param before the UIDs of those that go
   * @return how long the latter took
   */
  Duration awaitAllReplaced(Map<String, String> before) throws InterruptedException {
    Waiting.until(
        "every pod is another",
        PATIENCE,
        () ->
            podUids().size() == before.size()
                && podUids().values().stream().noneMatch(before::containsValue));
    return awaitSettled(PATIENCE);
  }

  /** Each pod's UID, which tells it from one that took its place. */
  Map<String, String> podUids() {
    return cluster.pods().stream()
        .collect(
            Collectors.toMap(
                pod -> pod.getMetadata().getName(), pod -> pod.getMetadata().getUid()));
  }

  /** The UID of one pod, or nothing where it is not there. */
  String podUid(String pod) {
    return Objects.toString(podUids().get(pod), "");
  }

  KubernetesClient client() {
    return client;
  }

  /** What the resource says of itself in a condition: its status, reason and message. */
  String condition(String type) {
    return cluster.told(type);
  }

  /** Stops, reads back every record that was acknowledged, and deletes the namespace. */
  String end() throws IOException, InterruptedException {
    traffic.stop();
    long records = traffic.readBack(cluster.door());
    assertThat(records).as("acknowledged records").isPositive();
    Kubectl.run("delete", "namespace", namespace(), "--wait=false");
    return records + " records read back, byte for byte";
  }
}
