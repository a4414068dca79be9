package io.dislog.operator.objects;

import static java.util.Objects.requireNonNull;

import io.dislog.operator.crd.DislogCluster;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The nodes' pods and their claims. Pods start side by side, since they wait for each other, and
 * none is replaced but by the operator, which knows when one can be missed. Used by many threads at
 * once.
 */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.OURS))
public class NodesStatefulSet extends OwnedObject<StatefulSet> {

  private static final String STORAGE = "storage";
  private static final String RETAIN = "Retain";
  private static final String MEMBERS = "dislog.io/members";
  private static final String BEGUN = "dislog.io/begun";
  private static final String BEGINS_ANEW = "dislog.io/begins-anew";

  public NodesStatefulSet() {
    super(StatefulSet.class);
  }

  @Override
  StatefulSet desired(DislogCluster cluster, Shape shape) {
    return new StatefulSetBuilder()
        .withMetadata(metadata(cluster, Names.of(cluster)))
        .editMetadata()
        .addToAnnotations(MEMBERS, Integer.toString(shape.members()))
        .addToAnnotations(shape.begun() ? Map.of(BEGUN, "true") : Map.of())
        .addToAnnotations(beginsAnew(shape))
        .endMetadata()
        .withNewSpec()
        .withReplicas(shape.pods())
        .withServiceName(Names.nodes(cluster))
        .withPodManagementPolicy("Parallel")
        .withNewUpdateStrategy()
        .withType("OnDelete")
        .endUpdateStrategy()
        .withNewPersistentVolumeClaimRetentionPolicy()
        .withWhenDeleted(RETAIN)
        .withWhenScaled(whenScaled(cluster, shape))
        .endPersistentVolumeClaimRetentionPolicy()
        .withNewSelector()
        .withMatchLabels(Labels.selecting(cluster))
        .endSelector()
        .withTemplate(NodePod.of(cluster, shape))
        .withVolumeClaimTemplates(claim(cluster, shape))
        .endSpec()
        .build();
  }

  private static Map<String, String> beginsAnew(Shape shape) {
    return shape.beginsAnew() == null ? Map.of() : Map.of(BEGINS_ANEW, shape.beginsAnew());
  }

  private static PersistentVolumeClaim claim(DislogCluster cluster, Shape shape) {
    return new PersistentVolumeClaimBuilder()
        .withNewMetadata()
        .withName(Names.DATA)
        .endMetadata()
        .withNewSpec()
        .withAccessModes("ReadWriteOnce")
        .withStorageClassName(cluster.getSpec().storage().storageClassName())
        .withNewResources()
        .addToRequests(STORAGE, new Quantity(shape.claimSize()))
        .endResources()
        .endSpec()
        .build();
  }

  /**
   * Claims go with pods only while the resource has nodes go: who scales or deletes the StatefulSet
   * by hand must not take the claims of nodes that count.
   */
  private static String whenScaled(DislogCluster cluster, Shape shape) {
    return switch (Defaults.whenScaled(cluster)) {
      case RETAIN -> RETAIN;
      case DELETE -> shape.shrinking() ? "Delete" : RETAIN;
    };
  }

  /** How many {@link Shape#members} one was last applied with. */
  public static int membersOf(StatefulSet nodes) {
    String members = nodes.getMetadata().getAnnotations().get(MEMBERS);
    // Somebody may have taken the annotation away; the pods are no fewer than the members.
    return members == null || !members.matches("\\d{1,3}")
        ? nodes.getSpec().getReplicas()
        : Integer.parseInt(members);
  }

  /** Whether one was last applied with {@link Shape#begun}. */
  public static boolean hasBegun(StatefulSet nodes) {
    var annotations = nodes.getMetadata().getAnnotations();
    return annotations != null && "true".equals(annotations.get(BEGUN));
  }

  /** The {@link Shape#beginsAnew} that one was last applied with. */
  public static @Nullable String beginsAnewOf(StatefulSet nodes) {
    var annotations = nodes.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(BEGINS_ANEW);
  }

  /** With what size its claims are made, which can't be changed. */
  public static String claimSizeOf(StatefulSet nodes) {
    PersistentVolumeClaim claim = nodes.getSpec().getVolumeClaimTemplates().getFirst();
    return requireNonNull(claim.getSpec().getResources().getRequests().get(STORAGE)).toString();
  }
}
