package io.dislog.operator.crd;

import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import org.jspecify.annotations.Nullable;

/**
 * When sealed segments go; what is null has the service's default.
 *
 * @param maxAge of a segment's newest record, as a duration or {@code none}
 * @param maxBytes of one log on one node, or {@code none}
 * @param deleteProcessed whether a segment goes as soon as every consumer is past it
 * @param deleteArchived whether a segment goes as soon as it is archived
 * @param holdUnprocessed whether a segment stays until every consumer is past it
 * @param holdUnarchived whether a segment stays until it is archived
 * @param interval between two runs; of the whole cluster, so null in a log's retention
 */
public record RetentionSpec(
    @Size(max = 16) @ValidationRule(value = Span.IS_LIMIT, message = Span.LIMIT_MESSAGE)
        @Nullable String maxAge,
    @ValidationRule(value = ByteSize.IS_LIMIT, message = ByteSize.LIMIT_MESSAGE)
        @Nullable IntOrString maxBytes,
    @Nullable Boolean deleteProcessed,
    @Nullable Boolean deleteArchived,
    @Nullable Boolean holdUnprocessed,
    @Nullable Boolean holdUnarchived,
    @Size(max = 16) @ValidationRule(value = Span.IS_SPAN, message = Span.MESSAGE)
        @Nullable String interval) {}
