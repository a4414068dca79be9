package io.dislog.operator.crd;

import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where and as what the nodes' pods run, in Kubernetes' own terms.
 *
 * @param labels beside those that the operator sets, which win
 * @param annotations beside those that the operator sets, which win
 * @param serviceAccountName or null for one of the cluster's own, without any rights
 */
public record PodSpec(
    @Nullable Map<String, String> labels,
    @Nullable Map<String, String> annotations,
    @Nullable Map<String, String> nodeSelector,
    @Nullable List<Toleration> tolerations,
    @Nullable Affinity affinity,
    @Nullable List<TopologySpreadConstraint> topologySpreadConstraints,
    @Size(min = 1, max = 253) @Nullable String priorityClassName,
    @Nullable List<LocalObjectReference> imagePullSecrets,
    @Size(min = 1, max = 253) @Nullable String serviceAccountName) {}
