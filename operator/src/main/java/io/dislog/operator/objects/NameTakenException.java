package io.dislog.operator.objects;

import io.fabric8.kubernetes.api.model.HasMetadata;
import org.jspecify.annotations.Nullable;

/** An object can't be made because one of that name exists that is not the cluster's. */
public final class NameTakenException extends RuntimeException {

  private static final long serialVersionUID = 1;

  NameTakenException(HasMetadata object, @Nullable Throwable cause) {
    super(
        "%s %s exists and is not this cluster's: delete it, or give the cluster another name"
            .formatted(object.getKind(), object.getMetadata().getName()),
        cause);
  }
}
