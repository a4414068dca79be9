package io.dislog.retention;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings by which {@link Retention} decides which segments go.
 *
 * @param maxAge limit on a segment's newest record, or null for none
 * @param maxBytes limit on the log's bytes (stores and indexes), or null for none
 * @param deleteProcessed a segment goes as soon as every consumer has processed it
 * @param deleteArchived a segment goes as soon as it is archived
 * @param holdUnprocessed a limit never takes what some consumer has still to process
 * @param holdUnarchived a limit never takes what is not archived yet
 */
public record RetentionPolicy(
    @Nullable Duration maxAge,
    @Nullable Long maxBytes,
    boolean deleteProcessed,
    boolean deleteArchived,
    boolean holdUnprocessed,
    boolean holdUnarchived) {}
