package io.dislog.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A log as a node describes it.
 *
 * @param config the effective configuration, or the log's own where that was asked for
 * @param earliestOffset of the first record that is kept
 * @param endOffset that the next record will get
 * @param records that are kept
 * @param bytes of stores and indexes, on one node
 * @param segments of which one is active
 * @param earliestTime of the first record, as RFC 3339 in UTC, or null where there is none
 * @param latestTime of the last record, likewise
 * @param closed true where nothing is appended any more, else null
 * @param path of the stream that the log was made as, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LogDescription(
    String name,
    JsonNode config,
    long earliestOffset,
    long endOffset,
    long records,
    long bytes,
    int segments,
    @Nullable String earliestTime,
    @Nullable String latestTime,
    @Nullable Boolean closed,
    @Nullable String path) {}
