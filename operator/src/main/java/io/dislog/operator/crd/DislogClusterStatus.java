package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was seen of a cluster; what is not known is null. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DislogClusterStatus(
    @JsonPropertyDescription("Of the resource that this tells of.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Pods that are there.") @StatusReplicas @Nullable Integer replicas,
    @JsonPropertyDescription("Pods that are ready.") @Nullable Integer readyReplicas,
    @JsonPropertyDescription("Of the pods, as the scale subresource wants it.") @LabelSelector
        @Nullable String selector,
    @JsonPropertyDescription("Of the service that the nodes run.") @Nullable String version,
    @JsonPropertyDescription("Of the API, within Kubernetes.") @Nullable String endpoint,
    @JsonPropertyDescription("The volume of the fullest node.") @Nullable StorageStatus storage,
    @JsonPropertyDescription("What retention did.") @Nullable RetentionStatus retention,
    @JsonPropertyDescription("At most 100, in the order of their names.")
        @Nullable List<LogStatus> logs,
    @JsonPropertyDescription(
            "Ready, Progressing, RetentionApplied, StoragePressure and ReconcileError.")
        @Nullable List<Condition> conditions,
    @JsonPropertyDescription(
            "The UUID that GET /v1/cluster tells: made with the data, it stays with them.")
        @Nullable String clusterId) {

  /** Of a cluster whose UUID is not known. */
  public DislogClusterStatus(
      @Nullable Long observedGeneration,
      @Nullable Integer replicas,
      @Nullable Integer readyReplicas,
      @Nullable String selector,
      @Nullable String version,
      @Nullable String endpoint,
      @Nullable StorageStatus storage,
      @Nullable RetentionStatus retention,
      @Nullable List<LogStatus> logs,
      @Nullable List<Condition> conditions) {
    this(
        observedGeneration,
        replicas,
        readyReplicas,
        selector,
        version,
        endpoint,
        storage,
        retention,
        logs,
        conditions,
        null);
  }
}
