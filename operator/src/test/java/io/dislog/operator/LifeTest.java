package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.operator.Adversity.Fault;
import io.dislog.operator.status.Conditions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster's life, with real nodes in pods that are played, while every fourth write of the
 * operator fails and the operator is replaced in the middle of everything.
 */
@ExtendWith(ApiServerExtension.class)
class LifeTest {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final KubernetesClient client;
  private final Adversity adversity;
  private final String namespace;

  @TempDir Path folder;

  private @Nullable FakeKubernetes kubernetes;
  private @Nullable RunningOperator operator;

  LifeTest(ApiServer server) throws IOException {
    client = server.client();
    adversity = new Adversity(client);
    namespace = server.newNamespace();
    List<Fault> faults = List.of(Fault.values());
    adversity.befalls(
        namespace,
        write ->
            write % 4 == 0 ? Optional.of(faults.get(write / 4 % faults.size())) : Optional.empty());
  }

  @AfterEach
  void end() {
    if (operator != null) {
      operator.close();
    }
    if (kubernetes != null) {
      kubernetes.close();
    }
    adversity.close();
  }

  @Test
  void aNodeGrowsToThreeRollsAndShrinksAndKeepsWhatItWasGiven() throws Exception {
    FakeKubernetes fake = new FakeKubernetes(client, namespace, folder);
    kubernetes = fake;
    replaceOperator(fake);
    client.resource(TestClusters.of(namespace, 1)).create();
    awaitNodes(1, TestRelease.IMAGE);
    fake.node(0).insist("PUT", "/v1/logs/orders", "", 201, 200);
    append(fake.node(0), "first");

    change(3, TestRelease.IMAGE);
    awaitBegun("AddingNode");
    replaceOperator(fake);
    awaitNodes(3, TestRelease.IMAGE);
    append(fake.node(2), "second");

    // The node that the cluster was begun with: it must not begin another one.
    fake.hold(0, true); // It would be back before it is missed, where writes take their time.
    fake.wipe(0);
    Await.until(
        () -> "it is missed: " + status() + operator,
        PATIENCE,
        () -> isSo(Conditions.READY, "False"));
    fake.hold(0, false);
    awaitNodes(3, TestRelease.IMAGE);
    append(fake.node(0), "third");

    change(3, "dislog:other");
    awaitBegun("RollingOut");
    replaceOperator(fake);
    awaitNodes(3, "dislog:other");
    append(fake.node(1), "fourth");

    change(1, "dislog:other");
    awaitBegun("RemovingNode");
    replaceOperator(fake);
    awaitNodes(1, "dislog:other");
    assertThat(fake.node(0).insist("GET", "/v1/logs/orders/records", "", 200))
        .contains("first", "second", "third", "fourth");
    assertThat(fake.claims()).as("kept, as the policy says").hasSize(3);
  }

  private void replaceOperator(FakeKubernetes fake) {
    if (operator != null) {
      operator.close();
    }
    operator = new RunningOperator(adversity.client(), namespace, fake);
  }

  /** Waits until a change is seen under way, or is over, which may come before anybody sees it. */
  private void awaitBegun(String reason) throws InterruptedException {
    Await.until(
        () -> "it is " + reason + ": " + status() + operator,
        PATIENCE,
        () ->
            status().contains("reason: \"%s\"".formatted(reason))
                || isSo(Conditions.PROGRESSING, "False"));
  }

  private void change(int replicas, String image) {
    TestClusters.change(client, namespace, TestClusters.spec(replicas, image, "1Gi", null));
  }

  private void append(FakeNode node, String value) throws Exception {
    node.insist("POST", "/v1/logs/orders/records", value, 201);
  }

  /** Waits until the resource says that all is as it asks for, and the pods are. */
  private void awaitNodes(int count, String image) throws Exception {
    Await.until(
        () -> "%d nodes of %s: %s %s %s".formatted(count, image, status(), views(), operator),
        PATIENCE,
        () ->
            isSo(Conditions.READY, "True")
                && isSo(Conditions.PROGRESSING, "False")
                && images().equals(Collections.nCopies(count, image)));
  }

  /** What the nodes see themselves, as far as they say anything. */
  private String views() {
    StringBuilder views = new StringBuilder();
    for (int node = 0; node < 3 && kubernetes != null; node++) {
      try {
        views.append(kubernetes.node(node).ask("GET", "/v1/cluster", "").body());
      } catch (Exception e) {
        views.append(e);
      }
      views.append('\n');
    }
    return views.toString();
  }

  private boolean isSo(String condition, String status) {
    return TestClusters.isSo(client, namespace, condition, status);
  }

  private String status() {
    return Serialization.asYaml(TestClusters.get(client, namespace).getStatus());
  }

  private List<String> images() {
    return Insistence.ask(() -> client.pods().inNamespace(namespace).list()).getItems().stream()
        .map(pod -> pod.getSpec().getContainers().getFirst().getImage())
        .toList();
  }
}
