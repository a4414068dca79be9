package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants. Each member is described where {@code kubectl explain} finds it too.
 *
 * <p>A segment must fit a volume twice: one that is written to never goes, so with a larger one the
 * volume would be full before retention had anything to take.
 */
@ValidationRule(
    value =
        "!has(self.segment) || !has(self.segment.maxBytes) ||"
            + " !isQuantity(string(self.segment.maxBytes)) || !isQuantity(string(self.storage.size))"
            + " || quantity(string(self.segment.maxBytes)).add(quantity(string(self.segment.maxBytes)))"
            + ".compareTo(quantity(string(self.storage.size))) <= 0",
    message =
        "segment.maxBytes must be at most half of storage.size, or retention could never make room:"
            + " make segments smaller or the volume larger")
@ValidationRule(
    value =
        "!has(self.logs) || !isQuantity(string(self.storage.size)) || self.logs.all(log,"
            + " !has(log.segment) || !has(log.segment.maxBytes) ||"
            + " !isQuantity(string(log.segment.maxBytes)) ||"
            + " quantity(string(log.segment.maxBytes)).add(quantity(string(log.segment.maxBytes)))"
            + ".compareTo(quantity(string(self.storage.size))) <= 0)",
    message =
        "a log's segment.maxBytes must be at most half of storage.size, or retention could never"
            + " make room: make its segments smaller or the volume larger")
@ValidationRule(
    value = VolumeSize.IS_ENOUGH_PER_SHARD,
    message = VolumeSize.PER_SHARD_MESSAGE,
    optionalOldSelf = true)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DislogClusterSpec(
    @JsonPropertyDescription(
            "Number of nodes, 1 to 9. A cluster of three survives the loss of one, a"
                + " cluster of five the loss of two.")
        @SpecReplicas
        @Default("1")
        @Min(1)
        @Max(9)
        @Nullable Integer replicas,
    @JsonPropertyDescription(
            "Number of shards, 1 to 64: each log belongs to one of them, and each shard has"
                + " a leader. Immutable.")
        @Default("8")
        @Min(1)
        @Max(64)
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "shards can't be changed: which shard has a log follows from their number. Make a"
                    + " new cluster with as many shards as you need")
        @Nullable Integer shards,
    @JsonPropertyDescription(
            "Image that the nodes run; null for the one that the operator was released" + " with.")
        @Size(min = 1, max = 1024)
        @ValidationRule(
            value = "self.matches('^[A-Za-z0-9][-A-Za-z0-9._:/@]*$')",
            message =
                "an image's name has letters, digits, '.', '-', '_', '/', ':' and '@' alone, and no"
                    + " blanks: registry/name:tag, for example")
        @Nullable String image,
    @JsonPropertyDescription("The volume of each node.") @Required StorageSpec storage,
    @JsonPropertyDescription(
            "When segments are sealed, unless a log says otherwise. A change needs no"
                + " restart.")
        @Nullable SegmentSpec segment,
    @JsonPropertyDescription(
            "When segments are deleted, unless a log says otherwise. A change needs no"
                + " restart.")
        @Nullable RetentionSpec retention,
    @JsonPropertyDescription(
            "Logs to create. A log that is removed from this list keeps its records and is"
                + " not deleted.")
        @Size(max = 500)
        @Nullable List<LogSpec> logs,
    @JsonPropertyDescription(
            "Further properties of the service, as in application.properties. A change"
                + " restarts the nodes one after the other.")
        @Size(max = 200)
        @ValidationRule(value = Property.ARE_NAMES, message = Property.NAMES_MESSAGE)
        @ValidationRule(value = Property.ARE_FREE, message = Property.FREE_MESSAGE)
        @ValidationRule(value = Property.ARE_PLAIN, message = Property.PLAIN_MESSAGE)
        @Nullable Map<String, String> config,
    @JsonPropertyDescription(
            "Requests and limits of cpu and memory for the container of each node.")
        @ValidationRule(value = Amounts.ARE_QUANTITIES, message = Amounts.QUANTITIES_MESSAGE)
        @ValidationRule(value = Amounts.FIT, message = Amounts.FIT_MESSAGE)
        @ValidationRule(value = Amounts.CLAIM_NOTHING, message = Amounts.CLAIM_NOTHING_MESSAGE)
        @Nullable ResourceRequirements resources,
    @JsonPropertyDescription("Where the nodes' pods run, and with what metadata and rights.")
        @Nullable PodSpec pod,
    @JsonPropertyDescription("How metrics are collected.") @Nullable MetricsSpec metrics,
    @JsonPropertyDescription("If true, the operator only watches and reports, and changes nothing.")
        @Default("false")
        @Nullable Boolean paused,
    @JsonPropertyDescription(
            "Who may do what with the logs; if absent, everybody who reaches the cluster may do"
                + " everything with them. Its own endpoints are the nodes' and the operator's"
                + " always.")
        @Nullable AuthSpec auth) {

  /** A cluster whose logs are open. */
  public DislogClusterSpec(
      @Nullable Integer replicas,
      @Nullable Integer shards,
      @Nullable String image,
      StorageSpec storage,
      @Nullable SegmentSpec segment,
      @Nullable RetentionSpec retention,
      @Nullable List<LogSpec> logs,
      @Nullable Map<String, String> config,
      @Nullable ResourceRequirements resources,
      @Nullable PodSpec pod,
      @Nullable MetricsSpec metrics,
      @Nullable Boolean paused) {
    this(
        replicas, shards, image, storage, segment, retention, logs, config, resources, pod, metrics,
        paused, null);
  }
}
