package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.crd.DislogCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ApiServerExtension.class)
class ApiServerTest {

  private final ApiServer server;

  ApiServerTest(ApiServer server) {
    this.server = server;
  }

  @Test
  void servesTheDefinitionsOfThisProject() {
    assertThat(server.client().resources(DislogCluster.class).inAnyNamespace().list().getItems())
        .isNotNull();
  }

  @Test
  void givesNamespacesThatNobodyElseHas() {
    assertThat(server.newNamespace()).isNotEqualTo(server.newNamespace());
  }
}
