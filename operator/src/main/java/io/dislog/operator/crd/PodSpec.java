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
    @JsonPropertyDescription("Labels that a machine must have to run a node.")
        @Size(max = 64)
        @ValidationRule(value = Label.ARE_LABELS, message = Label.MESSAGE)
        @Nullable Map<String, String> nodeSelector,
    @JsonPropertyDescription("Taints of machines that the nodes put up with.")
        @Size(max = Scheduling.MAX_ITEMS)
        @ValidationRule(value = Scheduling.TOLERATE, message = Scheduling.TOLERATE_MESSAGE)
        @Nullable List<Toleration> tolerations,
    @JsonPropertyDescription("What the nodes want near, and what far.") @Nullable Affinity affinity,
    @JsonPropertyDescription("How the nodes are spread over machines and zones.")
        @Size(max = Scheduling.MAX_ITEMS)
        @ValidationRule(value = Scheduling.SPREAD, message = Scheduling.SPREAD_MESSAGE)
        @Nullable List<TopologySpreadConstraint> topologySpreadConstraints,
    @JsonPropertyDescription("How important the nodes are when there is too little room.")
        @Size(min = 1, max = ObjectName.MAX_LENGTH)
        @ValidationRule(value = ObjectName.IS_NAME, message = ObjectName.MESSAGE)
        @Nullable String priorityClassName,
    @JsonPropertyDescription("Secrets of the same namespace with which the image is pulled.")
        @Size(max = Scheduling.MAX_ITEMS)
        @ValidationRule(value = Scheduling.NAME_SECRETS, message = ObjectName.MESSAGE)
        @Nullable List<LocalObjectReference> imagePullSecrets,
    @JsonPropertyDescription(
            "As whom the nodes run; null for a service account of the cluster's own without any"
                + " rights.")
        @Size(min = 1, max = ObjectName.MAX_LENGTH)
        @ValidationRule(value = ObjectName.IS_NAME, message = ObjectName.MESSAGE)
        @Nullable String serviceAccountName) {}
