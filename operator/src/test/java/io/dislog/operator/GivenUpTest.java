package io.dislog.operator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.operator.status.Conditions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two of three real nodes, in pods that are played, lose their volumes, and one keeps its own. */
@Tag("slow") // Two minutes.
@ExtendWith(ApiServerExtension.class)
class GivenUpTest {

  private final KubernetesClient client;
  private final String namespace;
  private final FakeKubernetes kubernetes;
  private final RunningOperator operator;

  GivenUpTest(ApiServer server, @TempDir Path folder) {
    client = server.client();
    namespace = server.newNamespace();
    kubernetes = new FakeKubernetes(client, namespace, folder);
    operator = new RunningOperator(client, namespace, kubernetes);
  }

  @AfterEach
  void end() {
    operator.close();
    kubernetes.close();
  }

  @Test
  void theNodeThatIsLeftBeginsAnewAndKeepsWhatItHas() throws Exception {
    client.resource(TestClusters.of(namespace, 3)).create();
    awaitReady();
    Await.until(() -> "it tells its UUID: " + this, Duration.ofMinutes(5), () -> id() != null);
    String before = requireNonNull(id());
    kubernetes.node(2).insist("PUT", "/v1/logs/orders", "", 201, 200);
    append("first");

    kubernetes.wipe(0);
    kubernetes.wipe(1);
    awaitStatus("DataLost", "demo-0, demo-1", "dislog.io/accept-data-loss=" + before);
    annotate("6f1c0a1e-0000-4000-8000-00000000000a");
    annotate(before);
    awaitStatus("BeginningAnew", "demo-2 begins the cluster anew");
    Await.until(
        () -> "it is another one: " + this, Duration.ofMinutes(10), () -> !before.equals(id()));
    awaitReady();

    append("second");
    assertThat(kubernetes.node(0).insist("GET", "/v1/logs/orders/records", "", 200))
        .contains("first", "second");
    assertThat(
            client
                .apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName(TestClusters.NAME)
                .get()
                .getMetadata()
                .getAnnotations())
        .doesNotContainKey("dislog.io/begins-anew");
  }

  private void annotate(String id) {
    TestClusters.patch(
        client,
        namespace,
        "{\"metadata\":{\"annotations\":{\"dislog.io/accept-data-loss\":\"%s\"}}}".formatted(id));
  }

  private void append(String value) throws Exception {
    kubernetes.node(2).insist("POST", "/v1/logs/orders/records", value, 201);
  }

  private void awaitReady() throws InterruptedException {
    Await.until(
        () -> "all are ready: " + this,
        Duration.ofMinutes(10),
        () ->
            TestClusters.isSo(client, namespace, Conditions.READY, "True")
                && TestClusters.isSo(client, namespace, Conditions.PROGRESSING, "False"));
  }

  private void awaitStatus(String... words) throws InterruptedException {
    Await.until(
        () -> "%s: %s".formatted(String.join(", ", words), this),
        Duration.ofMinutes(10),
        () -> List.of(words).stream().allMatch(toString()::contains));
  }

  private @Nullable String id() {
    return requireNonNull(TestClusters.get(client, namespace).getStatus()).clusterId();
  }

  @Override
  public String toString() {
    return Serialization.asYaml(TestClusters.get(client, namespace).getStatus());
  }
}
