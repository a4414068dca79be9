package io.dislog.command;

/**
 * Where a fork leaves its source: the log that it began as a copy of.
 *
 * @param source name of that log
 * @param sourceId tells it from others that bore its name
 * @param offset the records before this one are the source's
 * @param part so many bytes of the value of the record at that offset are the source's, too
 */
public record ForkPoint(String source, String sourceId, long offset, long part) {}
