package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import org.jspecify.annotations.Nullable;

/** The volume of each node. */
@ValidationRule(
    value =
        "has(self.storageClassName) == has(oldSelf.storageClassName) && (!has(self.storageClassName)"
            + " || self.storageClassName == oldSelf.storageClassName)",
    message =
        "storageClassName can't be changed: a volume stays in its class. Make a new cluster in the"
            + " other class, and let consumers and producers move over")
public record StorageSpec(
    @JsonPropertyDescription(
            "Of each node's volume: bytes such as 10Gi. It may grow, where the storage class lets"
                + " volumes grow, and never shrinks.")
        @Required
        @ValidationRule(value = ByteSize.IS_SIZE, message = ByteSize.MESSAGE)
        @ValidationRule(
            value =
                "!isQuantity(string(self)) ||"
                    + " quantity(string(self)).compareTo(quantity(string(oldSelf))) >= 0",
            message =
                "storage.size can't shrink: no volume gets smaller. Keep the size, and limit what is"
                    + " kept by spec.retention")
        IntOrString size,
    @JsonPropertyDescription(
            "Of the volumes; null for the Kubernetes cluster's default class. It stays what it was.")
        @Size(min = 1, max = ObjectName.MAX_LENGTH)
        @ValidationRule(value = ObjectName.IS_NAME, message = ObjectName.MESSAGE)
        @Nullable String storageClassName,
    @JsonPropertyDescription(
            "What becomes of the volumes when the DislogCluster is deleted. With Retain, one of the"
                + " same name that is made later finds all its records.")
        @Default("Retain")
        @Nullable VolumePolicy whenDeleted,
    @JsonPropertyDescription("What becomes of a node's volume when the node is scaled away.")
        @Default("Retain")
        @Nullable VolumePolicy whenScaled) {}
