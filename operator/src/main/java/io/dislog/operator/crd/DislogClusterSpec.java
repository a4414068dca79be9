package io.dislog.operator.crd;

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
 * What a user wants.
 *
 * @param replicas nodes, 1 to 9
 * @param shards groups that the logs are divided into, 1 to 64; stays what it was at first
 * @param image of the nodes, or null for the one that this operator was released with
 * @param segment when the logs' segments are sealed, where a log says nothing of its own
 * @param retention when segments go, where a log says nothing of its own
 * @param logs that are to be there
 * @param config further properties of the service
 * @param resources of each node's container
 * @param paused whether nothing is to be changed
 */
public record DislogClusterSpec(
    @SpecReplicas @Default("1") @Min(1) @Max(9) @Nullable Integer replicas,
    @Default("8")
        @Min(1)
        @Max(64)
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "shards can't be changed: which shard has a log follows from their number. Make a"
                    + " new cluster with as many shards as you need")
        @Nullable Integer shards,
    @Size(min = 1, max = 1024) @Nullable String image,
    @Required StorageSpec storage,
    @Nullable SegmentSpec segment,
    @Nullable RetentionSpec retention,
    @Nullable List<LogSpec> logs,
    @ValidationRule(
            value =
                "self.all(key, key != 'dislog.replication' && key != 'dislog.data-dir' &&"
                    + " !key.startsWith('dislog.raft.') && key != 'dislog.retention.interval' &&"
                    + " key != 'quarkus.http.port' && key != 'quarkus.management.port')",
            message =
                "dislog.replication, dislog.data-dir, dislog.raft.*, dislog.retention.interval,"
                    + " quarkus.http.port and quarkus.management.port are the operator's: leave"
                    + " them out, and use spec.shards and spec.retention.interval")
        @Nullable Map<String, String> config,
    @Nullable ResourceRequirements resources,
    @Nullable PodSpec pod,
    @Nullable MetricsSpec metrics,
    @Default("false") @Nullable Boolean paused) {}
