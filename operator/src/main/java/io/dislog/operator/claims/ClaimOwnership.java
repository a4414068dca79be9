package io.dislog.operator.claims;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.VolumePolicy;
import io.dislog.operator.objects.Defaults;
import io.dislog.operator.observation.Observation;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * Has claims go with their cluster where the resource says so. They belong to the resource itself,
 * not to the StatefulSet, which somebody may delete by hand to have it made anew. Stateless.
 */
public final class ClaimOwnership {

  private ClaimOwnership() {}

  /**
   * Puts right whom each claim belongs to.
   *
   * @param pods that there are to be; the claims of others go by another policy
   */
  public static void bring(Observation seen, int pods, KubernetesClient client) {
    DislogCluster cluster = seen.cluster();
    boolean goes = Defaults.whenDeleted(cluster) == VolumePolicy.DELETE;
    // An object with two owners stays until both are gone.
    boolean leaves = Defaults.whenScaled(cluster) == VolumePolicy.DELETE;
    seen.claims()
        .forEach((ordinal, claim) -> {
          boolean wanted = goes && !(leaves && ordinal >= pods);
          if (claim.getMetadata().getDeletionTimestamp() == null
              && wanted != isOwned(claim, cluster)) {
            change(claim, cluster, wanted, client);
          }
        });
  }

  private static boolean isOwned(PersistentVolumeClaim claim, DislogCluster cluster) {
    return claim.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> isOf(owner, cluster));
  }

  private static boolean isOf(OwnerReference owner, DislogCluster cluster) {
    return owner.getUid().equals(cluster.getMetadata().getUid());
  }

  private static void change(
      PersistentVolumeClaim claim, DislogCluster cluster, boolean owned, KubernetesClient client) {
    client.resource(claim).edit(now -> owned ? given(now, cluster) : taken(now, cluster));
  }

  private static PersistentVolumeClaim given(PersistentVolumeClaim claim, DislogCluster cluster) {
    return new PersistentVolumeClaimBuilder(claim)
        .editMetadata()
        .addToOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion(cluster.getApiVersion())
                .withKind(cluster.getKind())
                .withName(cluster.getMetadata().getName())
                .withUid(cluster.getMetadata().getUid())
                .build())
        .endMetadata()
        .build();
  }

  private static PersistentVolumeClaim taken(PersistentVolumeClaim claim, DislogCluster cluster) {
    return new PersistentVolumeClaimBuilder(claim)
        .editMetadata()
        .removeMatchingFromOwnerReferences(
            owner -> cluster.getMetadata().getUid().equals(owner.getUid()))
        .endMetadata()
        .build();
  }
}
