package io.dislog.operator;

import static io.dislog.operator.TestClusters.NAME;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterSpec;
import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ApiServerExtension.class)
class ObjectsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

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
      Map<String, String> made = OwnedObjects.versions(client, namespace);
      for (int i = 0; i < 10; i++) {
        int before = operator.reconciliations();
        wake(i);
        Await.until(() -> "a reconciliation", PATIENCE, () -> operator.reconciliations() > before);
      }
      assertThat(OwnedObjects.versions(client, namespace)).isEqualTo(made);
      assertThat(OwnedObjects.of(client, namespace))
          .allSatisfy(object ->
              assertThat(object.getMetadata().getOwnerReferences())
                  .singleElement()
                  .satisfies(owner -> assertThat(owner.getKind()).isEqualTo("DislogCluster")));
    }
  }

  @Test
  void whatIsChangedByHandIsPutBack() throws Exception {
    try (RunningOperator operator = new RunningOperator(client, namespace)) {
      client.resource(TestClusters.of(namespace, 3)).create();
      awaitObjects(7, operator);
      client.apps().statefulSets().inNamespace(namespace).withName(NAME).scale(1);
      client
          .configMaps()
          .inNamespace(namespace)
          .withName(NAME)
          .edit(map -> {
            map.getData().put("application.properties", "dislog.replication=off");
            return map;
          });
      client
          .services()
          .inNamespace(namespace)
          .withName(NAME)
          .edit(service -> {
            service.getSpec().getSelector().put("app.kubernetes.io/instance", "other");
            return service;
          });
      client.network().v1().networkPolicies().inNamespace(namespace).withName(NAME).delete();
      client
          .services()
          .inNamespace(namespace)
          .withName(NAME + "-nodes")
          .edit(service -> {
            service.getMetadata().getLabels().clear();
            return service;
          });
      Await.until(() -> "all is as it was: " + operator, PATIENCE, this::isAsItShouldBe);
      awaitObjects(7, operator);
    }
  }

  private boolean isAsItShouldBe() {
    return requireNonNull(set()).getSpec().getReplicas() == 3
        && properties().contains("raft")
        && NAME.equals(service().getSpec().getSelector().get("app.kubernetes.io/instance"));
  }

  private @Nullable StatefulSet set() {
    return Insistence.ask(
        () -> client.apps().statefulSets().inNamespace(namespace).withName(NAME).get());
  }

  private Service service() {
    return Insistence.ask(() -> client.services().inNamespace(namespace).withName(NAME).get());
  }

  private String properties() {
    ConfigMap map =
        Insistence.ask(() -> client.configMaps().inNamespace(namespace).withName(NAME).get());
    return requireNonNull(map.getData().get("application.properties"));
  }

  @Test
  void whatOthersAddIsLeftAlone() throws Exception {
    try (RunningOperator operator = new RunningOperator(client, namespace)) {
      client.resource(TestClusters.of(namespace, 3)).create();
      awaitObjects(7, operator);
      client
          .services()
          .inNamespace(namespace)
          .withName(NAME)
          .edit(service -> {
            service.getMetadata().setAnnotations(Map.of("mesh", "on"));
            return service;
          });
      change(TestClusters.spec(3, "dislog:other", "1Gi", null));
      Await.until(() -> "the change: " + operator, PATIENCE, () -> "dislog:other".equals(image()));
      assertThat(
              client
                  .services()
                  .inNamespace(namespace)
                  .withName(NAME)
                  .get()
                  .getMetadata()
                  .getAnnotations())
          .containsEntry("mesh", "on");
    }
  }

  @Test
  void whatIsAnothersIsNotTouched() throws Exception {
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace)
                .endMetadata()
                .addToData("mine", "yes")
                .build())
        .create();
    try (RunningOperator operator = new RunningOperator(client, namespace)) {
      client.resource(TestClusters.of(namespace, 3)).create();
      Await.until(
          () -> "the reason is told: " + operator,
          PATIENCE,
          () ->
              condition(Conditions.RECONCILE_ERROR)
                  .contains("ConfigMap demo exists and is not this cluster's"));
      assertThat(client.configMaps().inNamespace(namespace).withName(NAME).get().getData())
          .isEqualTo(Map.of("mine", "yes"));
      assertThat(image()).as("a StatefulSet without its properties").isNull();
    }
  }

  @Test
  void aPausedClusterIsLookedAtAndLeftAlone() throws Exception {
    DislogCluster cluster = TestClusters.of(namespace, 3);
    cluster.setSpec(TestClusters.spec(3, null, "1Gi", true));
    try (RunningOperator operator = new RunningOperator(client, namespace)) {
      client.resource(cluster).create();
      Await.until(
          () -> "it is told of: " + operator,
          PATIENCE,
          () -> condition(Conditions.PROGRESSING).contains("spec.paused"));
      assertThat(OwnedObjects.of(client, namespace)).isEmpty();
      change(TestClusters.spec(3, null, "1Gi", false));
      awaitObjects(7, operator);
    }
  }

  @Test
  void aBudgetIsThereOnlyWhereANodeCanBeMissed() throws Exception {
    try (RunningOperator operator = new RunningOperator(client, namespace)) {
      client.resource(TestClusters.of(namespace, 1)).create();
      awaitObjects(6, operator);
      change(TestClusters.spec(3, null, "1Gi", null));
      awaitObjects(7, operator);
    }
  }

  @Test
  void aClaimThatMustNotGrowIsToldOf() throws Exception {
    try (FakeKubernetes kubernetes = new FakeKubernetes(client, namespace);
        RunningOperator operator = new RunningOperator(client, namespace)) {
      client.resource(TestClusters.of(namespace, 1)).create();
      Await.until(() -> "a claim: " + operator, PATIENCE, () -> kubernetes.claims().size() == 1);
      change(TestClusters.spec(1, null, "2Gi", null));
      Await.until(
          () -> "the refusal is told: " + operator,
          PATIENCE,
          () -> condition(Conditions.RECONCILE_ERROR).contains("data-demo-0 stays at 1Gi"));
      assertThat(kubernetes.claims()).containsEntry("data-demo-0", "1Gi");
    }
  }

  @Test
  void claimsGrowWhereTheirClassAllowsIt() throws Exception {
    String growing = "growing-" + namespace;
    client
        .resource(
            new StorageClassBuilder()
                .withNewMetadata()
                .withName(growing)
                .endMetadata()
                .withProvisioner("test")
                .withAllowVolumeExpansion(true)
                .build())
        .create();
    DislogCluster cluster = TestClusters.of(namespace, 1);
    cluster.setSpec(TestClusters.spec("1Gi", growing));
    try (FakeKubernetes kubernetes = new FakeKubernetes(client, namespace);
        RunningOperator operator = new RunningOperator(client, namespace)) {
      client.resource(cluster).create();
      Await.until(() -> "a claim: " + operator, PATIENCE, () -> kubernetes.claims().size() == 1);
      change(TestClusters.spec("2Gi", growing));
      Await.until(
          () -> "the claim asks for more: " + operator,
          PATIENCE,
          () -> "2Gi".equals(kubernetes.claims().get("data-demo-0")));
    }
  }

  private void change(DislogClusterSpec spec) {
    TestClusters.change(client, namespace, spec);
  }

  private String condition(String type) {
    DislogClusterStatus status = TestClusters.get(client, namespace).getStatus();
    return status == null
        ? ""
        : Conditions.find(requireNonNull(status.conditions()), type)
            .map(Condition::getMessage)
            .orElse("");
  }

  private @Nullable String image() {
    StatefulSet set = set();
    return set == null
        ? null
        : set.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage();
  }

  private void awaitObjects(int count, RunningOperator operator) throws InterruptedException {
    Await.until(
        () -> count + " objects, not " + OwnedObjects.versions(client, namespace) + operator,
        PATIENCE,
        () -> OwnedObjects.versions(client, namespace).size() == count);
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
}
