package io.dislog.command;

/**
 * A name with a position in a log.
 *
 * @param name as a log's
 * @param offset of the next record to process; may lie below the log's earliest
 * @param updatedAt when it was last set, in milliseconds since 1970
 */
public record Consumer(String name, long offset, long updatedAt) {}
