package io.dislog.operator;

import io.dislog.kit.Await;
import io.dislog.operator.process.OperatorProcess;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Here the operator is what is packaged: the build carries how it tries again, or loses it. */
@ExtendWith(ApiServerExtension.class)
class RetryIT {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** More than the framework's own. */
  private static final int MANY = 10;

  private final ApiServer server;
  private final KubernetesClient client;
  private final String namespace;

  RetryIT(ApiServer server) {
    this.server = server;
    client = server.client();
    namespace = server.newNamespace();
  }

  @Test
  void whatFailsIsTriedAgainUntilItSucceeds(@TempDir Path folder) throws Exception {
    Service strangers = client.resource(serviceOfTheSameName()).create();
    client.resource(TestClusters.of(namespace, 1)).create();
    try (OperatorProcess operator =
        new OperatorProcess(
            server.kubeconfig(),
            namespace,
            folder,
            "quarkus.operator-sdk.controllers.dislogcluster.retry.interval.initial=10")) {
      Await.until(operator::said, PATIENCE, () -> failures(operator) > MANY);
      client.resource(strangers).delete();
      Await.until(
          operator::said,
          PATIENCE,
          () ->
              OwnedObjects.of(client, namespace).stream()
                  .anyMatch(
                      object -> object instanceof Service service && isOfTheCluster(service)));
    }
  }

  private Service serviceOfTheSameName() {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName(TestClusters.NAME)
        .withNamespace(namespace)
        .endMetadata()
        .withNewSpec()
        .withClusterIP("None")
        .endSpec()
        .build();
  }

  private static boolean isOfTheCluster(Service service) {
    return service.getMetadata().getName().equals(TestClusters.NAME);
  }

  private static double failures(OperatorProcess operator) {
    try {
      return operator.metric("reconciliations_failure_total");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
