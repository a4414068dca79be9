package io.dislog.operator.crd;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import org.jspecify.annotations.Nullable;

/**
 * The volume of each node.
 *
 * @param size in bytes; may grow
 * @param storageClassName or null for the cluster's default class
 * @param whenDeleted what becomes of the volumes when the cluster is deleted
 * @param whenScaled what becomes of a node's volume when the node is scaled away
 */
@ValidationRule(
    value =
        "has(self.storageClassName) == has(oldSelf.storageClassName) && (!has(self.storageClassName)"
            + " || self.storageClassName == oldSelf.storageClassName)",
    message =
        "storageClassName can't be changed: a volume stays in its class. Make a new cluster in the"
            + " other class, and let consumers and producers move over")
public record StorageSpec(
    @Required
        @ValidationRule(value = ByteSize.IS_SIZE, message = ByteSize.MESSAGE)
        @ValidationRule(
            value = "quantity(string(self)).compareTo(quantity(string(oldSelf))) >= 0",
            message =
                "storage.size can't shrink: no volume gets smaller. Keep the size, and limit what is"
                    + " kept by spec.retention")
        IntOrString size,
    @Size(min = 1, max = 253) @Nullable String storageClassName,
    @Default("Retain") @Nullable VolumePolicy whenDeleted,
    @Default("Retain") @Nullable VolumePolicy whenScaled) {}
