package io.dislog.operator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the API server refuses of a cluster's objects is told in a sentence, and stops nothing else.
 */
@ExtendWith(ApiServerExtension.class)
class UnappliedTest {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String IMAGE = "dislog:one";

  private final KubernetesClient client;
  private final String namespace;

  UnappliedTest(ApiServer server) {
    this.client = server.client();
    this.namespace = server.newNamespace();
  }

  @Test
  void retentionGoesOnThoughAnObjectIsRefusedAndHealsOnceItIsNot() throws Exception {
    try (FakeCluster cluster = new FakeCluster(client, client, namespace)) {
      cluster.change(1, IMAGE, "7d");
      cluster.awaitSettled(1, IMAGE);
      // Each is short enough, and all together are not.
      Map<String, String> annotations =
          IntStream.range(0, 20)
              .boxed()
              .collect(Collectors.toMap(i -> "a" + i, i -> "x".repeat(16_000)));
      patch(
          Serialization.asJson(Map.of("spec", Map.of("pod", Map.of("annotations", annotations)))));
      cluster.change(1, IMAGE, "9d");
      cluster.awaitTold(
          Conditions.RECONCILE_ERROR,
          "True",
          "the API server refuses StatefulSet demo: spec.template.annotations",
          "spec.pod.annotations makes it");
      Await.until(
          () -> "retention is brought: " + cluster,
          PATIENCE,
          () -> cluster.service().defaults().contains("9d"));
      assertThat(message().orElse("")).hasLineCount(1).doesNotContain("io.fabric8", "java.");
      patch("{\"spec\": {\"pod\": null}}");
      cluster.awaitTold(Conditions.RECONCILE_ERROR, "False");
    }
  }

  @Test
  void aNamespaceThatIsBeingDeletedIsToldOfInWordsAndMakesNoEvents() throws Exception {
    client.resource(TestClusters.of(namespace, 1)).create();
    // No controller ends it here, so that it stays for as long as this looks.
    client.namespaces().withName(namespace).delete();
    try (RunningOperator operator = new RunningOperator(client, namespace)) {
      Await.until(
          () -> "it is told: " + operator,
          PATIENCE,
          () ->
              message()
                  .filter(said -> said.startsWith("the namespace is being deleted"))
                  .isPresent());
    }
  }

  private Optional<String> message() {
    DislogClusterStatus status = TestClusters.get(client, namespace).getStatus();
    return status == null
        ? Optional.empty()
        : Conditions.find(requireNonNull(status.conditions()), Conditions.RECONCILE_ERROR)
            .map(Condition::getMessage);
  }

  private void patch(String change) {
    TestClusters.patch(client, namespace, change);
  }
}
