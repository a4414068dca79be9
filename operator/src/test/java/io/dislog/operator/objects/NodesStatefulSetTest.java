package io.dislog.operator.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterSpec;
import io.dislog.operator.crd.StorageSpec;
import io.dislog.operator.crd.VolumePolicy;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicy;
import org.junit.jupiter.api.Test;

class NodesStatefulSetTest {

  @Test
  void noClaimGoesByAHandOnTheStatefulSet() {
    StatefulSetPersistentVolumeClaimRetentionPolicy policy = policy(VolumePolicy.DELETE, false);
    assertThat(policy.getWhenDeleted()).isEqualTo("Retain");
    assertThat(policy.getWhenScaled()).isEqualTo("Retain");
  }

  @Test
  void claimsGoWithTheNodesThatTheResourceHasGo() {
    assertThat(policy(VolumePolicy.DELETE, true).getWhenScaled()).isEqualTo("Delete");
    assertThat(policy(VolumePolicy.RETAIN, true).getWhenScaled()).isEqualTo("Retain");
  }

  private static StatefulSetPersistentVolumeClaimRetentionPolicy policy(
      VolumePolicy volumes, boolean shrinking) {
    DislogCluster cluster = new DislogCluster();
    cluster.setMetadata(new ObjectMetaBuilder().withName("demo").withNamespace("here").build());
    StorageSpec storage = new StorageSpec(new Quantity("1Gi"), null, volumes, volumes);
    cluster.setSpec(
        new DislogClusterSpec(1, 8, null, storage, null, null, null, null, null, null, null, null));
    return new NodesStatefulSet()
        .desired(cluster, new Shape(1, 1, shrinking, "dislog:1", "1Gi"))
        .getSpec()
        .getPersistentVolumeClaimRetentionPolicy();
  }
}
