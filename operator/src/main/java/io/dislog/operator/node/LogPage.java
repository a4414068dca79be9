package io.dislog.operator.node;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some logs in the order of their names.
 *
 * @param next what the next page comes after, or null on the last one
 */
@RegisterForReflection
public record LogPage(List<LogDescription> logs, @Nullable String next) {

  public LogPage {
    logs = List.copyOf(logs);
  }
}
