package io.dislog.operator;

import io.dislog.kit.Await;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of that which is known of a cluster once it is deleted. */
@ExtendWith(ApiServerExtension.class)
class DeparturesTest {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final String METRIC = "dislog.cluster.retention.limits";

  private final KubernetesClient client;
  private final String namespace;

  DeparturesTest(ApiServer server) {
    client = server.client();
    namespace = server.newNamespace();
  }

  @Test
  void whatIsKnownOfADeletedClusterIsForgottenThoughNoOtherIsLookedAt() throws Exception {
    try (FakeCluster cluster = new FakeCluster(client, client, namespace)) {
      cluster.service().storage("{\"capacityBytes\":1000,\"usedBytes\":100,\"state\":\"ok\"}");
      cluster.change(1, "dislog:one", "7d");
      cluster.awaitSettled(1, "dislog:one");
      Await.until(() -> "it is measured", PATIENCE, () -> isMeasured(cluster));
      client.resource(TestClusters.of(namespace, 1)).delete();
      Await.until(() -> "it is measured no more", PATIENCE, () -> !isMeasured(cluster));
    }
  }

  private static boolean isMeasured(FakeCluster cluster) {
    return cluster.operator().registry().find(METRIC).gauge() != null;
  }
}
