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
    @JsonPropertyDescription("Generation of the resource that this status describes.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Number of pods that exist.") @StatusReplicas
        @Nullable Integer replicas,
    @JsonPropertyDescription("Number of pods that are ready.") @Nullable Integer readyReplicas,
    @JsonPropertyDescription("Label selector of the pods, for the scale subresource.")
        @LabelSelector
        @Nullable String selector,
    @JsonPropertyDescription("Oldest version of the service that a node runs.")
        @Nullable String version,
    @JsonPropertyDescription("Host and port of the API within Kubernetes.")
        @Nullable String endpoint,
    @JsonPropertyDescription("Volume of the fullest node.") @Nullable StorageStatus storage,
    @JsonPropertyDescription("What retention has deleted.") @Nullable RetentionStatus retention,
    @JsonPropertyDescription("The first 100 logs by name.") @Nullable List<LogStatus> logs,
    @JsonPropertyDescription(
            "Ready, Progressing, RetentionApplied, StoragePressure and ReconcileError.")
        @Nullable List<Condition> conditions,
    @JsonPropertyDescription(
            "UUID of the cluster as GET /v1/cluster returns it; it is created with the data"
                + " and stays with them.")
        @Nullable String clusterId,
    @JsonPropertyDescription(
            "Logs of spec.logs that have a ttl or an expiresAt, once they were created or have"
                + " expired.")
        @Nullable List<FiniteLogStatus> finiteLogs) {

  /** Of a cluster whose UUID is not known and whose logs do not end. */
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
        null,
        null);
  }
}
