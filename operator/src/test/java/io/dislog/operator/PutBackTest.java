package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ServiceResource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ApiServerExtension.class)
class PutBackTest {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final KubernetesClient client;
  private final String namespace;

  PutBackTest(ApiServer server) {
    client = server.client();
    namespace = server.newNamespace();
  }

  @Test
  void aPortThatWasGivenAnotherNumberIsPutBack() throws Exception {
    try (RunningOperator operator = new RunningOperator(client, namespace)) {
      client.resource(TestClusters.of(namespace, 1)).create();
      Await.until(() -> "a Service: " + operator, PATIENCE, () -> made() != null);
      service()
          .edit(service -> {
            service.getSpec().getPorts().getFirst().setPort(8088);
            service.getSpec().getPorts().getFirst().setTargetPort(new IntOrString(8088));
            return service;
          });
      Await.until(() -> ports() + ": " + operator, PATIENCE, () -> ports().equals(List.of(8080)));
      assertThat(made().getSpec().getPorts())
          .extracting(port -> port.getTargetPort().getStrVal())
          .containsExactly("http");
    }
  }

  private List<Integer> ports() {
    return made().getSpec().getPorts().stream().map(ServicePort::getPort).toList();
  }

  private Service made() {
    return Insistence.ask(() -> service().get());
  }

  private ServiceResource<Service> service() {
    return client.services().inNamespace(namespace).withName(TestClusters.NAME);
  }
}
