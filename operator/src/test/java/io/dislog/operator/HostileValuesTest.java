package io.dislog.operator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dislog.kit.Await;
import io.dislog.operator.Leaves.Hostile;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each leaf of the definition with hostile values: it is refused at once in words, or works, or
 * ends in a condition of one sentence that says which member to change.
 */
@ExtendWith(ApiServerExtension.class)
class HostileValuesTest {

  private static final Path DEFINITION = Path.of("..", "crds", "dislogclusters.dislog.io-v1.yml");

  /** A library's word, or a stack's. */
  private static final String FOREIGN = "(?s).*(io\\.fabric8|java\\.|Exception|\\bat [a-z]+\\.).*";

  private final KubernetesClient client;
  private final String path;
  private final String namespace;

  HostileValuesTest(ApiServer server) {
    client = server.client();
    namespace = server.newNamespace();
    path = "/apis/dislog.io/v1alpha1/namespaces/" + namespace + "/dislogclusters";
  }

  @Tag("slow") // A minute, most of it for the hundred clusters that are made of what is taken.
  @Test
  void eachIsRefusedOrWorksOrEndsInASentence() throws Exception {
    List<Hostile> all = Leaves.hostile(spec(), least());
    assertThat(all).hasSizeGreaterThan(1000);
    Map<String, Hostile> taken = new ConcurrentHashMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Hostile hostile : all) {
        var _ = threads.submit(() -> sendDry(hostile, taken));
      }
    }
    Map<String, Hostile> made = new LinkedHashMap<>();
    taken.forEach((where, hostile) -> made.put("h-" + made.size(), hostile));
    made.forEach((name, hostile) -> client.raw(path, "POST", resource(name, hostile)));
    try (RunningOperator operator = new RunningOperator(client, namespace)) {
      for (var one : made.entrySet()) {
        Await.until(
            () -> "%s is told of: %s".formatted(one, operator),
            Duration.ofMinutes(5),
            () -> told(one.getKey()).isPresent());
        assertTold(one.getValue(), told(one.getKey()).orElseThrow());
      }
    }
  }

  private static void assertTold(Hostile hostile, Condition condition) {
    String message = condition.getMessage();
    assertThat(message).as(hostile::toString).hasLineCount(1).doesNotMatch(FOREIGN);
    if (condition.getStatus().equals("True")) {
      assertThat(message).as(hostile::toString).contains("makes it: change it there");
    }
  }

  /** Of each leaf one value that is taken is tried to the end. */
  private void sendDry(Hostile hostile, Map<String, Hostile> taken) {
    try {
      client.raw(path + "?dryRun=All&fieldValidation=Strict", "POST", resource("dry", hostile));
      taken.putIfAbsent(hostile.path(), hostile);
    } catch (KubernetesClientException e) {
      if (e.getCode() != 422 && e.getCode() != 400) {
        throw e;
      }
    }
  }

  private Optional<Condition> told(String name) {
    DislogCluster cluster =
        client.resources(DislogCluster.class).inNamespace(namespace).withName(name).get();
    DislogClusterStatus status = cluster.getStatus();
    return status == null
        ? Optional.empty()
        : Conditions.find(requireNonNull(status.conditions()), Conditions.RECONCILE_ERROR)
            // So many clusters at once may be too much for the API server, which passes.
            .filter(condition -> !condition.getMessage().contains("does not answer"));
  }

  private static ObjectNode resource(String name, Hostile hostile) {
    ObjectNode resource = JsonNodeFactory.instance.objectNode();
    resource.put("apiVersion", "dislog.io/v1alpha1").put("kind", "DislogCluster");
    resource.putObject("metadata").put("name", name);
    resource.set("spec", hostile.spec());
    return resource;
  }

  private static ObjectNode least() {
    ObjectNode spec = JsonNodeFactory.instance.objectNode();
    spec.putObject("storage").put("size", "1Gi");
    return spec;
  }

  private static JSONSchemaProps spec() throws IOException {
    CustomResourceDefinition definition =
        Serialization.unmarshal(Files.readString(DEFINITION), CustomResourceDefinition.class);
    return requireNonNull(
        definition
            .getSpec()
            .getVersions()
            .getFirst()
            .getSchema()
            .getOpenAPIV3Schema()
            .getProperties()
            .get("spec"));
  }
}
