package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where and as what the nodes' pods run, in Kubernetes' own terms. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PodSpec(
    @JsonPropertyDescription("Beside those that the operator sets, which win.")
        @Size(max = 64)
        @ValidationRule(value = Label.ARE_LABELS, message = Label.MESSAGE)
        @Nullable Map<String, String> labels,
    @JsonPropertyDescription("Beside those that the operator sets, which win.")
        @Size(max = 64)
        @ValidationRule(value = Annotation.HAVE_KEYS, message = Annotation.MESSAGE)
        @Nullable Map<String, String> annotations,
    @JsonPropertyDescription("Labels that a machine needs to run a node.")
        @Size(max = 64)
        @ValidationRule(value = Label.ARE_LABELS, message = Label.MESSAGE)
        @Nullable Map<String, String> nodeSelector,
    @JsonPropertyDescription("Taints of machines that the nodes tolerate.")
        @Size(max = Scheduling.MAX_ITEMS)
        @ValidationRule(value = Scheduling.TOLERATE, message = Scheduling.TOLERATE_MESSAGE)
        @Nullable List<Toleration> tolerations,
    @JsonPropertyDescription("Affinity of the nodes to machines and to other pods.")
        @Nullable Affinity affinity,
    @JsonPropertyDescription("How the nodes are spread over machines and zones.")
        @Size(max = Scheduling.MAX_ITEMS)
        @ValidationRule(value = Scheduling.SPREAD, message = Scheduling.SPREAD_MESSAGE)
        @Nullable List<TopologySpreadConstraint> topologySpreadConstraints,
    @JsonPropertyDescription("Priority class of the nodes.")
        @Size(min = 1, max = ObjectName.MAX_LENGTH)
        @ValidationRule(value = ObjectName.IS_NAME, message = ObjectName.MESSAGE)
        @Nullable String priorityClassName,
    @JsonPropertyDescription("Secrets of the same namespace for pulling the image.")
        @Size(max = Scheduling.MAX_ITEMS)
        @ValidationRule(value = Scheduling.NAME_SECRETS, message = ObjectName.MESSAGE)
        @Nullable List<LocalObjectReference> imagePullSecrets,
    @JsonPropertyDescription(
            "Service account of the nodes; null for one of the cluster's own that has no"
                + " rights.")
        @Size(min = 1, max = ObjectName.MAX_LENGTH)
        @ValidationRule(value = ObjectName.IS_NAME, message = ObjectName.MESSAGE)
        @Nullable String serviceAccountName) {}
