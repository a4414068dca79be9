package io.dislog.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some logs in the order of their names.
 *
 * @param next what the next page comes after, or null on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LogPage(List<LogDescription> logs, @Nullable String next) {

  public LogPage {
    logs = List.copyOf(logs);
  }
}
