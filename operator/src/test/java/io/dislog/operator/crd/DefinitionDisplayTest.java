package io.dislog.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.operator.ApiServer;
import io.dislog.operator.ApiServerExtension;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What kubectl shows, explains and scales by the definition. */
@ExtendWith(ApiServerExtension.class)
class DefinitionDisplayTest {

  private final ApiServer server;
  private String namespace = "";

  DefinitionDisplayTest(ApiServer server) {
    this.server = server;
  }

  @BeforeEach
  void inANamespaceOfItsOwn() {
    namespace = server.newNamespace();
  }

  @Test
  void kubectlShowsWhatThereIs() throws Exception {
    Resource.whole().create(server.client(), namespace, false);
    DislogCluster cluster = present();
    cluster.setStatus(
        new DislogClusterStatus(
            1L,
            3,
            2,
            "a=b",
            "0.1.0",
            null,
            new StorageStatus(1000, 81920, "80Ki"),
            null,
            null,
            null));
    server.client().resource(cluster).updateStatus();
    for (String name : List.of("dlc", "dislog", "dislogclusters")) {
      List<String> lines = server.kubectl("get", name, "-n", namespace).lines().toList();
      assertThat(lines.getFirst().split(" +"))
          .containsExactly(
              "NAME", "REPLICAS", "READY", "STORAGE", "USED", "RETENTION", "VERSION", "AGE");
      assertThat(lines.get(1)).matches("demo +3 +2 +10Gi +80Ki +7d +0.1.0 +[0-9]+[sm][0-9]*s?");
    }
  }

  @Test
  void kubectlExplainsEachMember() throws Exception {
    String explained = server.kubectl("explain", "dlc", "--recursive");
    assertThat(explained).contains("retention", "maxAge", "topologySpreadConstraints");
    for (String path :
        List.of(
            "dlc",
            "dlc.spec",
            "dlc.spec.storage",
            "dlc.spec.retention",
            "dlc.spec.segment",
            "dlc.spec.logs",
            "dlc.spec.pod",
            "dlc.spec.metrics",
            "dlc.status",
            "dlc.status.storage",
            "dlc.status.retention",
            "dlc.status.logs",
            "dlc.status.finiteLogs")) {
      assertThat(server.kubectl("explain", path))
          .as(path)
          .contains("DESCRIPTION:")
          .doesNotContain("<no description>");
    }
  }

  @Test
  void itCanBeScaled() throws IOException, InterruptedException {
    Resource.least().create(server.client(), namespace, false);
    assertThat(server.kubectl("scale", "dlc/demo", "--replicas=3", "-n", namespace))
        .contains("dislogcluster.dislog.io/demo scaled");
    assertThat(present().getSpec().replicas()).isEqualTo(3);
    assertThatThrownBy(() -> server.kubectl("scale", "dlc/demo", "--replicas=10", "-n", namespace))
        .hasMessageContaining("should be less than or equal to 9");
  }

  private DislogCluster present() {
    return Resource.present(server.client(), namespace);
  }
}
