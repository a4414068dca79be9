package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.operator.process.OperatorProcess;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The packaged operator while the API server is away: it may not act on, nor give up a start. */
@Tag("slow")
@ExtendWith(ApiServerExtension.class)
class OutageIT {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final KubernetesClient client;
  private final String namespace;

  @TempDir Path folder;

  OutageIT(ApiServer server) {
    client = server.client();
    namespace = server.newNamespace();
  }

  @Test
  void itStartsOnceTheApiServerIsThereAndEndsWhenItHasLostTheLease() throws Exception {
    client.resource(TestClusters.of(namespace, 3)).create();
    try (BadPath path = new BadPath(client)) {
      path.shut();
      try (OperatorProcess operator = new OperatorProcess(kubeconfig(path), namespace, folder)) {
        Await.until(operator::said, PATIENCE, () -> operator.said().contains("does not answer"));
        Await.keepsTrue("it goes on", Duration.ofSeconds(10), operator::isAlive);
        path.open();
        Await.until(operator::said, PATIENCE, () -> OwnedObjects.of(client, namespace).size() == 7);
        path.shut();
        Await.until(operator::said, PATIENCE, () -> !operator.isAlive());
        assertThat(operator.said()).contains("The lease is lost");
      }
    }
  }

  private Path kubeconfig(BadPath path) throws Exception {
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: a, cluster: {server: "%s"}}]
        contexts: [{name: a, context: {cluster: a, user: a, namespace: %s}}]
        users: [{name: a, user: {}}]
        current-context: a
        """
            .formatted(path.url(), namespace));
  }
}
