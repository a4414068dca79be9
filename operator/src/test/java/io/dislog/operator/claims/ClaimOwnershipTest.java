package io.dislog.operator.claims;

import static io.dislog.operator.crd.VolumePolicy.DELETE;
import static io.dislog.operator.crd.VolumePolicy.RETAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.ApiServer;
import io.dislog.operator.ApiServerExtension;
import io.dislog.operator.TestClusters;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.VolumePolicy;
import io.dislog.operator.observation.Membership;
import io.dislog.operator.observation.Observation;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whom claims belong to, and so with whom they go. */
@ExtendWith(ApiServerExtension.class)
class ClaimOwnershipTest {

  private final ApiServer server;
  private final KubernetesClient client;
  private String namespace = "";

  ClaimOwnershipTest(ApiServer server) {
    this.server = server;
    this.client = server.client();
  }

  @BeforeEach
  void makeTwoClaims() {
    namespace = server.newNamespace();
    client.resource(TestClusters.of(namespace, 1)).create();
    client.resource(claim(0)).create();
    client.resource(claim(1)).create();
  }

  @Test
  void claimsThatGoWithTheirClusterAreItsOwnAndOthersAreNot() {
    bring(DELETE, RETAIN);
    assertThat(owners(0)).containsExactly("DislogCluster");
    assertThat(owners(1)).as("of a node that was scaled away").containsExactly("DislogCluster");
    bring(RETAIN, RETAIN);
    assertThat(owners(0)).isEmpty();
    assertThat(owners(1)).isEmpty();
  }

  @Test
  void aClaimThatGoesWithItsPodIsNotTheClusters() {
    bring(DELETE, RETAIN);
    bring(DELETE, DELETE);
    assertThat(owners(0)).containsExactly("DislogCluster");
    assertThat(owners(1)).isEmpty();
  }

  @Test
  void nothingIsWrittenWhereNothingDiffers() {
    bring(DELETE, RETAIN);
    String before = get(0).getMetadata().getResourceVersion();
    bring(DELETE, RETAIN);
    assertThat(get(0).getMetadata().getResourceVersion()).isEqualTo(before);
  }

  /** With one pod that is to be there. */
  private void bring(VolumePolicy whenDeleted, VolumePolicy whenScaled) {
    DislogCluster cluster = TestClusters.get(client, namespace);
    cluster.setSpec(TestClusters.spec(whenDeleted, whenScaled));
    SortedMap<Integer, PersistentVolumeClaim> claims = new TreeMap<>(Map.of(0, get(0), 1, get(1)));
    Observation seen =
        new Observation(
            cluster,
            new TreeMap<>(),
            claims,
            Map.of(),
            Map.of(),
            List.of(),
            Membership.of(8, List.of()));
    ClaimOwnership.bring(seen, 1, client);
  }

  private List<String> owners(int ordinal) {
    return get(ordinal).getMetadata().getOwnerReferences().stream()
        .map(OwnerReference::getKind)
        .toList();
  }

  private PersistentVolumeClaim get(int ordinal) {
    return client
        .persistentVolumeClaims()
        .inNamespace(namespace)
        .withName("data-demo-" + ordinal)
        .get();
  }

  private PersistentVolumeClaim claim(int ordinal) {
    return new PersistentVolumeClaimBuilder()
        .withNewMetadata()
        .withName("data-demo-" + ordinal)
        .withNamespace(namespace)
        .endMetadata()
        .withNewSpec()
        .withAccessModes("ReadWriteOnce")
        .withNewResources()
        .addToRequests("storage", new Quantity("1Gi"))
        .endResources()
        .endSpec()
        .build();
  }
}
