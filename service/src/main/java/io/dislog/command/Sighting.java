package io.dislog.command;

/**
 * What a run of retention sees of a log whose newest time is ahead of the clock, see {@link
 * io.dislog.retention.Sightings}.
 *
 * @param active the base offset of the active segment
 * @param end of the log
 */
public record Sighting(long active, long end) {}
