package io.dislog.access;

import org.jspecify.annotations.Nullable;

/**
 * The two names by which rules can mean a log. Immutable.
 *
 * @param name of the log
 * @param path of the stream that the log is, or null where it is none
 */
public record LogName(String name, @Nullable String path) {}
