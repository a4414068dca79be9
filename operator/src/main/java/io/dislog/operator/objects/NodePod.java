package io.dislog.operator.objects;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.PodSpec;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The pod of a node, as its StatefulSet makes it. Stateless. */
final class NodePod {

  static final String CONFIG = "config";
  static final String TMP = "tmp";

  /** The user of the image, and the group that its volume is given to. */
  private static final long USER = 1001;

  /** Handing over leadership takes a second or two, closing a log after a slow force some more. */
  private static final long GRACE_SECONDS = 60;

  private static final String FINGERPRINT = "dislog.io/properties";
  private static final PodSpec NOTHING =
      new PodSpec(null, null, null, null, null, null, null, null, null);

  private NodePod() {}

  static PodTemplateSpec of(DislogCluster cluster, Shape shape) {
    PodSpec wanted = Objects.requireNonNullElse(cluster.getSpec().pod(), NOTHING);
    String fingerprint = ServiceProperties.of(cluster, shape).fingerprint();
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(joined(wanted.labels(), Labels.of(cluster)))
        .withAnnotations(joined(wanted.annotations(), Map.of(FINGERPRINT, fingerprint)))
        .endMetadata()
        .withNewSpec()
        .withServiceAccountName(
            Objects.requireNonNullElse(wanted.serviceAccountName(), Names.of(cluster)))
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .withSecurityContext(restricted())
        .withNodeSelector(wanted.nodeSelector())
        .withTolerations(wanted.tolerations())
        .withAffinity(wanted.affinity())
        .withTopologySpreadConstraints(spread(cluster, wanted))
        .withPriorityClassName(wanted.priorityClassName())
        .withImagePullSecrets(wanted.imagePullSecrets())
        .withContainers(NodeContainer.of(cluster, shape))
        .withVolumes(configuration(cluster), temporary(), NodeTokens.of(cluster))
        .addAllToVolumes(IssuerCertificates.volumes(cluster))
        .endSpec()
        .build();
  }

  private static Map<String, String> joined(
      @Nullable Map<String, String> wanted, Map<String, String> own) {
    Map<String, String> joined = new HashMap<>(wanted == null ? Map.of() : wanted);
    joined.putAll(own);
    return joined;
  }

  private static PodSecurityContext restricted() {
    return new PodSecurityContextBuilder()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withFsGroup(USER)
        // Only a volume that is not yet this group's: all its files would be walked at each start.
        .withFsGroupChangePolicy("OnRootMismatch")
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .build();
  }

  /** Over the machines, as far as there are enough of them, unless the resource says otherwise. */
  private static @Nullable List<TopologySpreadConstraint> spread(
      DislogCluster cluster, PodSpec wanted) {
    List<TopologySpreadConstraint> constraints = wanted.topologySpreadConstraints();
    Affinity affinity = wanted.affinity();
    if (affinity != null || (constraints != null && !constraints.isEmpty())) {
      return constraints;
    }
    return List.of(
        new TopologySpreadConstraintBuilder()
            .withMaxSkew(1)
            .withTopologyKey("kubernetes.io/hostname")
            .withWhenUnsatisfiable("ScheduleAnyway")
            .withNewLabelSelector()
            .withMatchLabels(Labels.selecting(cluster))
            .endLabelSelector()
            .build());
  }

  private static Volume configuration(DislogCluster cluster) {
    return new VolumeBuilder()
        .withName(CONFIG)
        .withNewConfigMap()
        .withName(Names.of(cluster))
        .endConfigMap()
        .build();
  }

  private static Volume temporary() {
    return new VolumeBuilder().withName(TMP).withNewEmptyDir().endEmptyDir().build();
  }
}
