package io.dislog.operator.e2e;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One of the samples in a namespace of its own. For one thread. */
final class Cluster {

  static final String NAME = "demo";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PORT = 8080;
  private static final int REACHABLE_MILLIS = 10_000;

  private final KubernetesClient client;
  private final String namespace;

  Cluster(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  String namespace() {
    return namespace;
  }

  void makeNamespace() {
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                // As strict as a namespace can be: the pods must be let in.
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .serverSideApply();
  }

  void apply(Path sample) throws IOException, InterruptedException {
    Kubectl.run("apply", "-n", namespace, "-f", sample.toString());
  }

  /** Changes the resource by a JSON merge patch. */
  void patch(String patch) {
    resource().patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  void delete() {
    resource().delete();
  }

  DislogCluster get() {
    return resource().get();
  }

  private Resource<DislogCluster> resource() {
    return client.resources(DislogCluster.class).inNamespace(namespace).withName(NAME);
  }

  /** Waits until what is wanted is so, by the operator's word and with every pod ready. */
  Duration awaitSettled(Duration patience) throws InterruptedException {
    return Waiting.until("the cluster is as it should be", patience, this::isSettled);
  }

  /** Whether a condition holds, by the operator's word. */
  boolean is(String condition) {
    return "True".equals(condition(get(), condition));
  }

  private boolean isSettled() {
    DislogCluster cluster = get();
    int wanted = requireNonNullElse(cluster.getSpec().replicas(), 1);
    return cluster.getStatus() != null
        && cluster.getMetadata().getGeneration().equals(cluster.getStatus().observedGeneration())
        && "True".equals(condition(cluster, "Ready"))
        && !"True".equals(condition(cluster, "Progressing"))
        && readyPods() == wanted
        && pods().size() == wanted;
  }

  private static String condition(DislogCluster cluster, String type) {
    return find(cluster, type).map(Condition::getStatus).orElse("Unknown");
  }

  private static Optional<Condition> find(DislogCluster cluster, String type) {
    return cluster.getStatus() == null
        ? Optional.empty()
        : Conditions.find(
            requireNonNullElse(cluster.getStatus().conditions(), List.<Condition>of()), type);
  }

  /** A condition's status, reason and message, or nothing where there is none. */
  String told(String type) {
    return find(get(), type)
        .map(condition ->
            "%s %s: %s"
                .formatted(condition.getStatus(), condition.getReason(), condition.getMessage()))
        .orElse("");
  }

  long readyPods() {
    return pods().stream().filter(Readiness::isPodReady).count();
  }

  List<Pod> pods() {
    return client.pods().inNamespace(namespace).withLabels(labels()).list().getItems();
  }

  Pod pod(String name) {
    return client.pods().inNamespace(namespace).withName(name).get();
  }

  List<PersistentVolumeClaim> claims() {
    return client.persistentVolumeClaims().inNamespace(namespace).list().getItems();
  }

  private static Map<String, String> labels() {
    return Map.of("app.kubernetes.io/name", "dislog", "app.kubernetes.io/instance", NAME);
  }

  /** The way to its Service from here. */
  Door door() throws InterruptedException {
    String address = address();
    return address.isEmpty()
        ? new ProxyDoor(client, namespace, NAME)
        : new DirectDoor(URI.create(address));
  }

  /** Where its Service is, or nothing where this machine does not reach it. */
  String address() throws InterruptedException {
    Waiting.until("the Service is there", Duration.ofMinutes(5), () -> service() != null);
    String host = service().getSpec().getClusterIP();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, PORT), REACHABLE_MILLIS);
    } catch (ConnectException e) {
      // Refused counts as reached: the nodes may not be ready yet.
    } catch (IOException e) {
      return "";
    }
    return "http://%s:%d".formatted(host, PORT);
  }

  private Service service() {
    return client.services().inNamespace(namespace).withName(NAME).get();
  }

  /** The node that leads the most shards, once all of them have a leader. */
  String leader(Door door) throws InterruptedException {
    Map<String, Integer> leads = new TreeMap<>();
    Waiting.until(
        "each shard has a leader",
        Duration.ofMinutes(5),
        () -> {
          leads.clear();
          JsonNode shards = read(door, "/v1/cluster").path("shards");
          shards.forEach(shard -> leads.merge(shard.path("leader").asText(""), 1, Integer::sum));
          return !leads.isEmpty() && leads.keySet().stream().noneMatch(this::isNoNode);
        });
    return leads.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  private boolean isNoNode(String name) {
    return !name.startsWith(NAME + "-");
  }

  static JsonNode read(Door door, String path) throws IOException, InterruptedException {
    Door.Answer answer = door.send("GET", path, Map.of(), "");
    if (answer.status() != 200) {
      throw new IOException(path + ": " + answer);
    }
    return JSON.readTree(answer.body());
  }
}
