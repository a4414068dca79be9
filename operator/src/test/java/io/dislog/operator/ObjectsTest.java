package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ApiServerExtension.class)
class ObjectsTest {

  private static final String OURS = "app.kubernetes.io/managed-by";
  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          StatefulSet.class,
          Service.class,
          ConfigMap.class,
          PodDisruptionBudget.class,
          NetworkPolicy.class,
          ServiceAccount.class);

  private final KubernetesClient client;
  private final ApiServer server;
  private String namespace = "";

  ObjectsTest(ApiServer server) {
    this.server = server;
    this.client = server.client();
  }

  @BeforeEach
  void takeANamespace() {
    namespace = server.newNamespace();
  }

  @Test
  void aClustersObjectsAreMadeAndThenLeftAlone() throws Exception {
    try (RunningOperator operator = new RunningOperator(client, namespace)) {
      client.resource(TestClusters.of(namespace, 3)).create();
      awaitObjects(7, operator);
      Map<String, String> made = versions();
      for (int i = 0; i < 10; i++) {
        int before = operator.reconciliations();
        wake(i);
        Await.until(() -> "a reconciliation", () -> operator.reconciliations() > before);
      }
      assertThat(versions()).isEqualTo(made);
      assertThat(objects())
          .allSatisfy(object ->
              assertThat(object.getMetadata().getOwnerReferences())
                  .singleElement()
                  .satisfies(owner -> assertThat(owner.getKind()).isEqualTo("DislogCluster")));
    }
  }

  private void awaitObjects(int count, RunningOperator operator) throws InterruptedException {
    Await.until(
        () -> count + " objects, not " + versions() + operator, () -> versions().size() == count);
  }

  /** Has the operator look at the cluster: something happens to a pod of it. */
  private void wake(int number) {
    client
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName("other-" + number)
                .withNamespace(namespace)
                .addToLabels("app.kubernetes.io/name", "dislog")
                .addToLabels("app.kubernetes.io/instance", TestClusters.NAME)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("none")
                .withImage("none")
                .endContainer()
                .endSpec()
                .build())
        .create();
  }

  private Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    for (HasMetadata object : objects()) {
      versions.put(
          object.getKind() + "/" + object.getMetadata().getName(),
          object.getMetadata().getResourceVersion());
    }
    return versions;
  }

  private List<HasMetadata> objects() {
    return KINDS.stream()
        .flatMap(kind ->
            client
                .resources(kind)
                .inNamespace(namespace)
                .withLabel(OURS)
                .list()
                .getItems()
                .stream())
        .map(HasMetadata.class::cast)
        .toList();
  }
}
