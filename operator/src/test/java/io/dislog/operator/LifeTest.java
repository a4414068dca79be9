package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A cluster's life, with real nodes in pods that are played. */
@ExtendWith(ApiServerExtension.class)
class LifeTest {

  private final KubernetesClient client;
  private final String namespace;

  @TempDir Path folder;

  LifeTest(ApiServer server) {
    client = server.client();
    namespace = server.newNamespace();
  }

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void aNodeGrowsToThreeRollsAndShrinksAndKeepsWhatItWasGiven() throws Exception {
    try (PlayedKubernetes kubernetes = new PlayedKubernetes(client, namespace, folder);
        RunningOperator operator = new RunningOperator(client, namespace, kubernetes)) {
      client.resource(TestClusters.of(namespace, 1)).create();
      awaitNodes(1, RunningOperator.IMAGE, operator);
      send("PUT", kubernetes.node(0).api().resolve("/v1/logs/orders"), "");
      append(kubernetes.node(0), "first");

      change(3, RunningOperator.IMAGE);
      awaitNodes(3, RunningOperator.IMAGE, operator);
      append(kubernetes.node(2), "second");

      change(3, "dislog:other");
      awaitNodes(3, "dislog:other", operator);
      append(kubernetes.node(1), "third");

      change(1, "dislog:other");
      awaitNodes(1, "dislog:other", operator);
      assertThat(
              send("GET", kubernetes.node(0).api().resolve("/v1/logs/orders/records"), "").body())
          .contains("first", "second", "third");
      assertThat(kubernetes.claims()).as("kept, as the policy says").hasSize(3);
    }
  }

  private void change(int replicas, String image) {
    TestClusters.change(client, namespace, TestClusters.spec(replicas, image, "1Gi", null));
  }

  private void append(PlayedNode node, String value) throws Exception {
    assertThat(send("POST", node.api().resolve("/v1/logs/orders/records"), value).statusCode())
        .isEqualTo(201);
  }

  private HttpResponse<String> send(String method, URI uri, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(30))
            .method(method, BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  /** Waits until the resource says that all is as it asks for, and the pods are. */
  private void awaitNodes(int count, String image, RunningOperator operator) throws Exception {
    Await.until(
        () -> "%d nodes of %s: %s %s".formatted(count, image, status(), operator),
        Duration.ofMinutes(2),
        () ->
            isSo(Conditions.READY, "True")
                && isSo(Conditions.PROGRESSING, "False")
                && images().equals(Collections.nCopies(count, image)));
  }

  private boolean isSo(String condition, String status) {
    return TestClusters.isSo(client, namespace, condition, status);
  }

  private String status() {
    return Serialization.asYaml(TestClusters.get(client, namespace).getStatus());
  }

  private List<String> images() {
    return client.pods().inNamespace(namespace).list().getItems().stream()
        .map(pod -> pod.getSpec().getContainers().getFirst().getImage())
        .toList();
  }
}
