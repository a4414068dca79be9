package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** The volume of each node. */
@ValidationRule(
    value =
        "has(self.storageClassName) == has(oldSelf.storageClassName) && (!has(self.storageClassName)"
            + " || self.storageClassName == oldSelf.storageClassName)",
    message =
        "storageClassName can't be changed: a volume stays in its class. Make a new cluster in the"
            + " other class, and let consumers and producers move over")
@JsonIgnoreProperties(ignoreUnknown = true)
public record StorageSpec(
    @JsonPropertyDescription(
            "Size of each node's volume: a Kubernetes quantity such as 10Gi, 10G or 1.5Ti,"
                + " at least "
                + VolumeSize.LEAST
                + ". It may grow, where the storage class lets volumes grow, and never shrinks.")
        @Required
        @ValidationRule(value = VolumeSize.IS_QUANTITY, message = VolumeSize.QUANTITY_MESSAGE)
        @ValidationRule(value = VolumeSize.IS_ENOUGH, message = VolumeSize.ENOUGH_MESSAGE)
        @ValidationRule(value = VolumeSize.IS_NO_LESS, message = VolumeSize.NO_LESS_MESSAGE)
        Quantity size,
    @JsonPropertyDescription(
            "Storage class of the volumes; null for the default class of the Kubernetes"
                + " cluster. Immutable.")
        @Size(min = 1, max = ObjectName.MAX_LENGTH)
        @ValidationRule(value = ObjectName.IS_NAME, message = ObjectName.MESSAGE)
        @Nullable String storageClassName,
    @JsonPropertyDescription(
            "What happens to the volumes when the DislogCluster is deleted. With Retain, a"
                + " later DislogCluster of the same name finds all records.")
        @Default("Retain")
        @Nullable VolumePolicy whenDeleted,
    @JsonPropertyDescription(
            "What happens to the volume of a node that is removed by scaling down.")
        @Default("Retain")
        @Nullable VolumePolicy whenScaled) {}
