package io.dislog.log;

/**
 * A record with the place that the log gave it.
 *
 * @param offset its number in the log, from 0
 * @param time when the log appended it, in milliseconds since 1970
 * @param batchGoesOn whether more records of its batch follow
 * @param record what was stored
 */
public record StoredRecord(long offset, long time, boolean batchGoesOn, Record record) {}
