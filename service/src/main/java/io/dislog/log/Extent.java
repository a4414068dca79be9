package io.dislog.log;

/**
 * What of a log is committed, in one consistent view.
 *
 * @param earliestOffset that can be read
 * @param endOffset that the next record gets
 * @param bytes of stores and indexes
 * @param segments count, the active one included
 * @param earliestTime of the earliest record, in milliseconds since 1970, or -1 where there is none
 * @param latestTime of the latest record, in milliseconds since 1970, or -1 where there is none
 */
public record Extent(
    long earliestOffset,
    long endOffset,
    long bytes,
    int segments,
    long earliestTime,
    long latestTime) {

  public long records() {
    return endOffset - earliestOffset;
  }

  public boolean isEmpty() {
    return earliestOffset == endOffset;
  }
}
