package io.dislog.operator.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.operator.crd.LogStatus;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A log as a node describes it.
 *
 * @param config the effective configuration, or the log's own where that was asked for
 * @param earliestOffset of the first record that is kept
 * @param endOffset that the next record will get
 * @param bytes of stores and indexes, on one node
 */
@RegisterForReflection
public record LogDescription(
    String name, JsonNode config, long earliestOffset, long endOffset, long bytes, int segments) {

  /** The same as the resource's status has it. */
  LogStatus status() {
    return new LogStatus(name, earliestOffset, endOffset, bytes, segments);
  }
}
