package io.dislog.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.operator.ApiServer;
import io.dislog.operator.ApiServerExtension;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A resource that users have is taken by each later definition as it stands, and read whole. */
@ExtendWith(ApiServerExtension.class)
class GoldenResourceTest {

  private final ApiServer server;
  private final Resource golden = Resource.golden();

  GoldenResourceTest(ApiServer server) throws IOException {
    this.server = server;
  }

  @Test
  void theDefinitionTakesItAndDropsNothing() {
    String namespace = server.newNamespace();
    JsonNode created = golden.create(server.client(), namespace, false);
    assertThat(created.get("spec")).isEqualTo(golden.part("spec"));

    String version = created.at("/metadata/resourceVersion").textValue();
    JsonNode told =
        golden
            .with("metadata: {resourceVersion: '%s'}".formatted(version))
            .updateStatus(server.client(), namespace);
    assertThat(told.get("status")).isEqualTo(golden.part("status"));
  }

  @Test
  void theTypesReadAllOfIt() {
    JsonNode read = golden.readByTypes();
    assertThat(read.get("spec")).isEqualTo(golden.part("spec"));
    assertThat(read.get("status")).isEqualTo(golden.part("status"));
  }
}
