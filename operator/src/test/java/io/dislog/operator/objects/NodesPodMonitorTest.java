package io.dislog.operator.objects;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.kit.Await;
import io.dislog.operator.ApiServer;
import io.dislog.operator.ApiServerExtension;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterSpec;
import io.dislog.operator.crd.MetricsSpec;
import io.dislog.operator.crd.StorageSpec;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The nodes' metrics are collected, by an API server that takes what Prometheus' operator says a
 * PodMonitor is, as far as it is used here, and drops whatever else stands in one.
 */
@ExtendWith(ApiServerExtension.class)
class NodesPodMonitorTest {

  private static final String KIND =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: podmonitors.monitoring.coreos.com}
      spec:
        group: monitoring.coreos.com
        scope: Namespaced
        names: {kind: PodMonitor, plural: podmonitors, singular: podmonitor, shortNames: [pmon]}
        versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                required: [spec]
                properties:
                  spec:
                    type: object
                    required: [selector]
                    properties:
                      jobLabel: {type: string}
                      podTargetLabels: {type: array, items: {type: string}}
                      namespaceSelector:
                        type: object
                        properties:
                          any: {type: boolean}
                          matchNames: {type: array, items: {type: string}}
                      selector:
                        type: object
                        properties:
                          matchLabels: {type: object, additionalProperties: {type: string}}
                          matchExpressions:
                            type: array
                            items:
                              type: object
                              required: [key, operator]
                              properties:
                                key: {type: string}
                                operator: {type: string}
                                values: {type: array, items: {type: string}}
                      podMetricsEndpoints:
                        type: array
                        items:
                          type: object
                          properties:
                            port: {type: string}
                            portNumber: {type: integer, minimum: 1, maximum: 65535}
                            path: {type: string}
                            scheme: {type: string, enum: [http, https]}
                            interval: {type: string, pattern: '^[0-9]+(ms|s|m|h)$'}
                            scrapeTimeout: {type: string, pattern: '^[0-9]+(ms|s|m|h)$'}
                            honorLabels: {type: boolean}
      """;

  private static final String API = "monitoring.coreos.com/v1";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final ApiServer server;
  private final KubernetesClient client;
  private final String namespace;
  private final NodesPodMonitor monitor = new NodesPodMonitor("test");
  private Instant now = Instant.parse("2026-01-01T12:00:00Z");

  NodesPodMonitorTest(ApiServer server) {
    this.server = server;
    this.client = server.client();
    this.namespace = server.newNamespace();
  }

  @BeforeEach
  void begin(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("kind.yaml"), KIND);
    server.kubectl("apply", "--server-side", "-f", file.toString());
    server.kubectl(
        "wait",
        "--for=condition=Established",
        "crd/podmonitors.monitoring.coreos.com",
        "--timeout=180s");
    // Only then does the API server begin to tell of the kind, and to take its objects.
    Await.until("the kind is known", PATIENCE, () -> client.supports(API, "PodMonitor"));
    AtomicReference<String> last = new AtomicReference<>("");
    Await.until(
        () -> "one is taken: " + last,
        PATIENCE,
        () -> {
          try {
            return client.resource(NodesPodMonitor.desired(cluster(true))).dryRun().create()
                != null;
          } catch (KubernetesClientException e) {
            last.set(e.toString());
            return false;
          }
        });
  }

  @AfterEach
  void end() throws Exception {
    server.kubectl("delete", "crd", "podmonitors.monitoring.coreos.com");
    Await.until("the kind is forgotten", PATIENCE, () -> !client.supports(API, "PodMonitor"));
  }

  @Test
  void theApiServerKeepsAllThatItSays() {
    DislogCluster cluster = cluster(true);
    bring(cluster);
    GenericKubernetesResource there = requireNonNull(at(cluster).get());
    assertThat(spec(there)).isEqualTo(spec(NodesPodMonitor.desired(cluster)));
    assertThat(there.getMetadata().getOwnerReferences())
        .extracting(owner -> owner.getUid())
        .containsExactly(cluster.getMetadata().getUid());
    assertThat(there.getMetadata().getLabels())
        .containsEntry("app.kubernetes.io/instance", "demo")
        .containsEntry("app.kubernetes.io/managed-by", "dislog-operator");
  }

  @Test
  void itFindsTheNodesPodsAndTheirPortOfMetrics() {
    DislogCluster cluster = cluster(true);
    Map<String, Object> spec = spec(NodesPodMonitor.desired(cluster));
    PodTemplateSpec pod = NodePod.of(cluster, new Shape(3, 3, false, "dislog:1", "1Gi"));
    assertThat(pod.getMetadata().getLabels()).containsAllEntriesOf(matchLabels(spec));
    assertThat(matchLabels(spec)).as("no other cluster's").containsValue("demo");
    List<ContainerPort> ports = pod.getSpec().getContainers().getFirst().getPorts();
    assertThat(ports)
        .filteredOn(port -> port.getName().equals(endpoint(spec).get("port")))
        .extracting(ContainerPort::getContainerPort)
        .containsExactly(Ports.MANAGEMENT);
    assertThat(endpoint(spec)).containsEntry("path", "/q/metrics");
    assertThat(spec)
        .as("what k8s/monitoring goes by")
        .containsEntry(
            "podTargetLabels", List.of("app.kubernetes.io/name", "app.kubernetes.io/instance"));
  }

  @Test
  void whatWasChangedByHandIsPutBackAndWhatWasNotIsLeftAlone() {
    DislogCluster cluster = cluster(true);
    bring(cluster);
    String version = requireNonNull(at(cluster).get()).getMetadata().getResourceVersion();
    bring(cluster);
    assertThat(at(cluster).get().getMetadata().getResourceVersion()).isEqualTo(version);
    at(cluster)
        .edit(there -> {
          matchLabels(spec(there)).put("app.kubernetes.io/instance", "other");
          return there;
        });
    bring(cluster);
    assertThat(spec(at(cluster).get())).isEqualTo(spec(NodesPodMonitor.desired(cluster)));
  }

  @Test
  void itGoesWhenItIsNotAskedForAnyMore() {
    bring(cluster(true));
    bring(cluster(false));
    assertThat(at(cluster(false)).get()).isNull();
  }

  @Test
  void anotherOnesOfThatNameIsLeftAlone() {
    GenericKubernetesResource others = NodesPodMonitor.desired(cluster(true));
    others.getMetadata().setOwnerReferences(List.of());
    client.resource(others).create();
    assertThatThrownBy(() -> bring(cluster(true)))
        .isInstanceOf(NameTakenException.class)
        .hasMessageContaining("PodMonitor demo exists and is not this cluster's");
    bring(cluster(false));
    assertThat(at(cluster(false)).get()).isNotNull();
  }

  @Test
  void itIsLeftAloneForAWhileUnlessTheResourceChanges() {
    DislogCluster cluster = cluster(true);
    monitor.bring(cluster, client, now);
    at(cluster).delete();
    monitor.bring(cluster, client, now.plus(NodesPodMonitor.PAUSE).minusSeconds(1));
    assertThat(at(cluster).get()).isNull();
    cluster.getMetadata().setGeneration(2L);
    monitor.bring(cluster, client, now.plusSeconds(1));
    assertThat(at(cluster).get()).isNotNull();
  }

  /** Once it is due. */
  private void bring(DislogCluster cluster) {
    now = now.plus(NodesPodMonitor.PAUSE);
    monitor.bring(cluster, client, now);
  }

  private Resource<GenericKubernetesResource> at(DislogCluster cluster) {
    return client.resource(NodesPodMonitor.desired(cluster));
  }

  private DislogCluster cluster(boolean monitored) {
    DislogCluster cluster = new DislogCluster();
    cluster.setMetadata(
        new ObjectMetaBuilder()
            .withName("demo")
            .withNamespace(namespace)
            .withUid("3f0c1a52-8d19-4c7a-9d6e-0b1f5a0e7c11")
            .build());
    StorageSpec storage = new StorageSpec(new Quantity("1Gi"), null, null, null);
    cluster.setSpec(
        new DislogClusterSpec(
            3,
            8,
            null,
            storage,
            null,
            null,
            null,
            null,
            null,
            null,
            new MetricsSpec(monitored),
            null));
    return cluster;
  }

  @SuppressWarnings("unchecked") // It is what JSON is read as.
  private static Map<String, Object> spec(GenericKubernetesResource monitor) {
    return (Map<String, Object>) requireNonNull(monitor.getAdditionalProperties().get("spec"));
  }

  @SuppressWarnings("unchecked") // It is what JSON is read as.
  private static Map<String, String> matchLabels(Map<String, Object> spec) {
    var selector = (Map<String, Object>) requireNonNull(spec.get("selector"));
    return (Map<String, String>) requireNonNull(selector.get("matchLabels"));
  }

  @SuppressWarnings("unchecked") // It is what JSON is read as.
  private static Map<String, Object> endpoint(Map<String, Object> spec) {
    return ((List<Map<String, Object>>) requireNonNull(spec.get("podMetricsEndpoints"))).getFirst();
  }
}
