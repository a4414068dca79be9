package io.dislog.history;

/**
 * A record as a reader got it.
 *
 * @param time in milliseconds since 1970
 * @param value what {@link Value#idOf} makes of its bytes
 */
public record Entry(long offset, long time, String value) {}
