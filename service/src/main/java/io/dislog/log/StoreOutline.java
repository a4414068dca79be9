package io.dislog.log;

/**
 * A segment's store, as far as records stood in it at some moment. Replicas of a log have the same
 * bytes there.
 *
 * @param baseOffset of the segment
 * @param count of the records
 * @param size bytes from the file's begin to the last record's end
 */
public record StoreOutline(long baseOffset, int count, long size) {}
