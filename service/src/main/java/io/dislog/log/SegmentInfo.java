package io.dislog.log;

/**
 * What a segment says of itself; times are milliseconds since 1970.
 *
 * @param baseOffset of its first record
 * @param endOffset the one after its last record
 * @param bytes of its store and its index
 * @param sealed whether it is written no more
 * @param createdAt when it was opened
 * @param firstTime of its first record, or -1
 * @param lastTime of its last record, or -1
 */
public record SegmentInfo(
    long baseOffset,
    long endOffset,
    long bytes,
    boolean sealed,
    long createdAt,
    long firstTime,
    long lastTime) {

  public long records() {
    return endOffset - baseOffset;
  }
}
