package io.dislog.operator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.operator.crd.DislogCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Clusters whose resource was stored by another release's definition, of which a server of their
 * own has one after the other.
 */
@Tag("slow")
@ExtendWith(ApiServerExtension.class)
class OtherDefinitionTest {

  private static final Path TODAYS = Path.of("..", "crds", "dislogclusters.dislog.io-v1.yml");
  private static final String IMAGE = "dislog:one";

  /** What an older release had not. */
  private static final List<String> NEWER_MEMBERS =
      List.of("metrics", "pod", "segment", "logs", "paused");

  private ApiServer server;
  private KubernetesClient client;
  private String namespace = "";

  @BeforeEach
  void start() {
    server = ApiServer.start();
    client = server.client();
    namespace = server.newNamespace();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void whatAnOlderDefinitionStoredRunsOnAndRestartsNothing() throws Exception {
    define(OtherDefinitionTest::asOfOld);
    Await.until(
        () -> "nothing is filled in",
        () -> !hasDefaults(tried("{\"storage\":{\"size\":\"1Gi\"}}")));
    create(
        "{\"storage\":{\"size\":\"1Gi\"},\"image\":\"%s\",\"replicas\":3,\"retention\":{\"maxAge\":\"7d\"}}"
            .formatted(IMAGE));
    StatefulSet before;
    List<String> pods;
    try (FakeCluster cluster = new FakeCluster(client, client, namespace)) {
      cluster.awaitSettled(3, IMAGE);
      assertThat(hasDefaults(stored())).isFalse();
      before = set();
      pods = cluster.pods(OtherDefinitionTest::uid);
      cluster.operator().close();

      define(_ -> {});
      Await.until(() -> "defaults are filled in", () -> hasDefaults(stored()));
      cluster.replaceOperator(client);
      cluster.awaitSettled(3, IMAGE);
      cluster.awaitLooks();
      assertThat(set().getSpec()).isEqualTo(before.getSpec());
      assertThat(set().getMetadata().getGeneration())
          .isEqualTo(before.getMetadata().getGeneration());
      assertThat(cluster.pods(OtherDefinitionTest::uid)).isEqualTo(pods);
      assertThat(cluster.service().members().wrongs()).isEmpty();
    }
  }

  @Test
  void whatANewerDefinitionStoredIsLeftAsItIs() throws Exception {
    define(OtherDefinitionTest::asOfTheFuture);
    Await.until(
        () -> "it is defined",
        () -> tried("{\"storage\":{\"size\":\"1Gi\"},\"future\":\"x\"}").contains("future"));
    create(
        "{\"storage\":{\"size\":\"1Gi\"},\"image\":\"%s\",\"replicas\":3,\"future\":\"x\"}"
            .formatted(IMAGE));
    try (FakeCluster cluster = new FakeCluster(client, client, namespace)) {
      cluster.awaitSettled(3, IMAGE);
      client
          .resource(resource("{}"))
          .subresource("status")
          .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"future\":\"y\"}}");
      cluster.change(1, IMAGE, "9d");
      cluster.awaitSettled(1, IMAGE);
      assertThat(stored()).contains("\"future\":\"x\"", "\"future\":\"y\"");
    }
  }

  /** The definition without what came later: no defaults, no rules, fewer members. */
  private static void asOfOld(JSONSchemaProps root) {
    withoutDefaults(root);
    JSONSchemaProps spec = member(root, "spec");
    spec.getProperties().keySet().removeAll(NEWER_MEMBERS);
    member(spec, "storage").getProperties().remove("whenScaled");
  }

  private static void withoutDefaults(JSONSchemaProps schema) {
    schema.setDefault(null);
    schema.setXKubernetesValidations(List.of());
    schema.getProperties().values().forEach(OtherDefinitionTest::withoutDefaults);
    if (schema.getItems() != null && schema.getItems().getSchema() != null) {
      withoutDefaults(schema.getItems().getSchema());
    }
  }

  private static void asOfTheFuture(JSONSchemaProps root) {
    for (String part : List.of("spec", "status")) {
      member(root, part)
          .getProperties()
          .put("future", new JSONSchemaPropsBuilder().withType("string").build());
    }
  }

  private static JSONSchemaProps member(JSONSchemaProps schema, String name) {
    return requireNonNull(schema.getProperties().get(name));
  }

  /** Installs today's definition, changed. */
  private void define(Consumer<JSONSchemaProps> change) {
    CustomResourceDefinition definition =
        client.apiextensions().v1().customResourceDefinitions().load(TODAYS.toFile()).item();
    definition
        .getSpec()
        .getVersions()
        .forEach(version -> change.accept(version.getSchema().getOpenAPIV3Schema()));
    client.resource(definition).update();
  }

  private static boolean hasDefaults(String resource) {
    return resource.contains("\"shards\":8") && resource.contains("\"whenScaled\"");
  }

  private void create(String spec) {
    client.resource(resource(spec)).create();
  }

  /** What would be stored of it. */
  private String tried(String spec) {
    return Serialization.asJson(client.resource(resource(spec)).dryRun().create());
  }

  private String stored() {
    return Serialization.asJson(client.resource(resource("{}")).get());
  }

  private GenericKubernetesResource resource(String spec) {
    return new GenericKubernetesResourceBuilder()
        .withApiVersion(new DislogCluster().getApiVersion())
        .withKind("DislogCluster")
        .withNewMetadata()
        .withName(TestClusters.NAME)
        .withNamespace(namespace)
        .endMetadata()
        .addToAdditionalProperties("spec", Serialization.unmarshal(spec, Map.class))
        .build();
  }

  private StatefulSet set() {
    return client.apps().statefulSets().inNamespace(namespace).withName(TestClusters.NAME).get();
  }

  private static String uid(Pod pod) {
    return pod.getMetadata().getUid();
  }
}
