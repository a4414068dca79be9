package io.dislog.operator.crd;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a cluster; what is not known is null.
 *
 * @param observedGeneration of the resource that this tells of
 * @param replicas pods that are there
 * @param readyReplicas pods that are ready
 * @param selector of the pods, as the scale subresource wants it
 * @param version of the service that the nodes run
 * @param endpoint of the API, within Kubernetes
 * @param logs at most 100, in the order of their names
 */
public record DislogClusterStatus(
    @Nullable Long observedGeneration,
    @StatusReplicas @Nullable Integer replicas,
    @Nullable Integer readyReplicas,
    @LabelSelector @Nullable String selector,
    @Nullable String version,
    @Nullable String endpoint,
    @Nullable StorageStatus storage,
    @Nullable RetentionStatus retention,
    @Nullable List<LogStatus> logs,
    @Nullable List<Condition> conditions) {}
