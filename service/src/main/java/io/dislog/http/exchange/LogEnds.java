package io.dislog.http.exchange;

import io.dislog.log.Extent;
import io.dislog.shard.LogView;

/**
 * What an answer says of the log that it is about. Immutable.
 *
 * @param earliestOffset that can be read
 * @param endOffset that the next record gets
 * @param closed whether there will be no next one
 */
public record LogEnds(long earliestOffset, long endOffset, boolean closed) {

  /** As this node has them. */
  public static LogEnds of(LogView log) {
    boolean closed = log.closed();
    Extent extent = log.extent();
    return new LogEnds(extent.earliestOffset(), extent.endOffset(), closed);
  }
}
