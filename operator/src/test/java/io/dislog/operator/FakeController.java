package io.dislog.operator;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Plays the StatefulSet's controller, as far as it makes pods and claims and tells of them. Safe
 * for use by many threads.
 */
public final class FakeController {

  private static final String REVISION = "controller-revision-hash";

  private final KubernetesClient client;
  private final String namespace;
  private final List<Container> injected = new CopyOnWriteArrayList<>();

  FakeController(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** Gives pods that are made from now on another container, as admission may. */
  void inject(String container) {
    injected.add(new ContainerBuilder().withName(container).withImage(container + ":1").build());
  }

  void make(StatefulSet set, int ordinal) {
    String image = set.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage();
    if (image.equals(Ailment.NO_QUOTA.image())) {
      FakeWarning.of(
          client,
          set,
          "FailedCreate: create Pod %s in StatefulSet demo failed: %s"
              .formatted(podName(ordinal), Ailment.NO_QUOTA.told()));
      return;
    }
    claim(set, ordinal);
    var template = set.getSpec().getTemplate();
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(podName(ordinal))
            .withNamespace(namespace)
            .withLabels(template.getMetadata().getLabels())
            .addToLabels(REVISION, revision(set))
            .withAnnotations(template.getMetadata().getAnnotations())
            .endMetadata()
            .withSpec(template.getSpec())
            .editSpec()
            .addNewVolume()
            .withName("data")
            .withNewPersistentVolumeClaim("data-" + podName(ordinal), false)
            .endVolume()
            .addAllToContainers(injected)
            .endSpec()
            .build();
    client.resource(pod).create();
  }

  /** Whether a node's claim is being deleted, and goes once its pod has ended. */
  boolean isLeaving(int ordinal) {
    PersistentVolumeClaim claim =
        client
            .persistentVolumeClaims()
            .inNamespace(namespace)
            .withName("data-" + podName(ordinal))
            .get();
    return claim != null && claim.getMetadata().getDeletionTimestamp() != null;
  }

  private void claim(StatefulSet set, int ordinal) {
    PersistentVolumeClaim template = set.getSpec().getVolumeClaimTemplates().getFirst();
    PersistentVolumeClaim claim =
        new PersistentVolumeClaimBuilder()
            .withNewMetadata()
            .withName("data-" + podName(ordinal))
            .withNamespace(namespace)
            .withLabels(set.getSpec().getSelector().getMatchLabels())
            .endMetadata()
            .withSpec(template.getSpec())
            .editSpec()
            .withVolumeName("volume-" + podName(ordinal))
            .endSpec()
            .build();
    PersistentVolumeClaim there = client.resource(claim).get();
    if (there != null && there.getMetadata().getDeletionTimestamp() != null) {
      // As the protection of claims does, which lets one go once no pod has it any more.
      client
          .resource(there)
          .edit(now ->
              new PersistentVolumeClaimBuilder(now)
                  .editMetadata()
                  .withFinalizers(List.of())
                  .endMetadata()
                  .build());
      there = null;
    }
    if (there == null) {
      PersistentVolumeClaim made = client.resource(claim).create();
      client
          .resource(
              new PersistentVolumeClaimBuilder(made)
                  .withNewStatus()
                  .withPhase("Bound")
                  .withCapacity(made.getSpec().getResources().getRequests())
                  .endStatus()
                  .build())
          .updateStatus();
    }
  }

  void tell(StatefulSet set, List<Pod> pods) {
    StatefulSet told =
        new StatefulSetBuilder(set)
            .withNewStatus()
            .withObservedGeneration(set.getMetadata().getGeneration())
            .withReplicas(pods.size())
            .withUpdateRevision(revision(set))
            .endStatus()
            .build();
    if (!told.getStatus().equals(set.getStatus())) {
      client.resource(told).updateStatus();
    }
  }

  private static String revision(StatefulSet set) {
    String template = Serialization.asJson(set.getSpec().getTemplate());
    return "demo-" + Integer.toHexString(template.hashCode());
  }

  static int ordinal(Pod pod) {
    String name = pod.getMetadata().getName();
    return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
  }

  public static String podName(int ordinal) {
    return TestClusters.NAME + "-" + ordinal;
  }
}
