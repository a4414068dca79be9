package io.dislog.operator.objects;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.ApiServer;
import io.dislog.operator.ApiServerExtension;
import io.dislog.operator.crd.DislogCluster;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A later operator leaves the nodes of clusters alone that this one made: it can apply its own
 * StatefulSet over theirs, and that changes nothing, so that no node is restarted.
 *
 * <p>Where nodes must be restarted, the file is written anew, and the release says so.
 */
@ExtendWith(ApiServerExtension.class)
class GoldenNodesTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/v1alpha1");
  private static final Path NODES = GOLDEN.resolve("stateful-set.yaml");

  private final ApiServer server;

  GoldenNodesTest(ApiServer server) {
    this.server = server;
  }

  @Test
  void noNodeIsRestartedByALaterOperator() throws IOException {
    String namespace = server.newNamespace();
    DislogCluster cluster =
        Serialization.unmarshal(
            Files.readString(GOLDEN.resolve("cluster.yaml")), DislogCluster.class);
    cluster.getMetadata().setNamespace(namespace);
    Shape shape = new Shape(3, 3, false, requireNonNull(cluster.getSpec().image()), "10Gi");
    StatefulSet now = new NodesStatefulSet().desired(cluster, shape);
    if (Boolean.getBoolean("dislog.golden.write")) {
      Files.writeString(NODES, Serialization.asYaml(now).replaceFirst(" *namespace: .*\n", ""));
    }

    StatefulSet before = Serialization.unmarshal(Files.readString(NODES), StatefulSet.class);
    before.getMetadata().setNamespace(namespace);
    StatefulSet there = apply(before);
    StatefulSet after = apply(now);

    assertThat(after.getSpec()).isEqualTo(there.getSpec());
    assertThat(after.getMetadata().getGeneration())
        .as(
            "written anew by: ./mvnw -pl operator test -Dtest=GoldenNodesTest -Ddislog.golden.write=true")
        .isEqualTo(there.getMetadata().getGeneration());
  }

  private StatefulSet apply(StatefulSet nodes) {
    return server
        .client()
        .resource(nodes)
        .fieldManager("operator")
        .forceConflicts()
        .serverSideApply();
  }
}
