package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import org.jspecify.annotations.Nullable;

/** When segments go; what is null has the service's default. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RetentionSpec(
    @JsonPropertyDescription(
            "Deletes segments whose newest record is older than this: a duration such as"
                + " 12h or 7d, or none. The service's default is 7d.")
        @Size(max = SpanRule.MAX_LENGTH)
        @ValidationRule(value = SpanRule.IS_LIMIT, message = SpanRule.LIMIT_MESSAGE)
        @Nullable String maxAge,
    @JsonPropertyDescription(
            "Deletes the oldest segments while a log is larger than this on a node: bytes"
                + " such as 8Gi, or none. The service's default is none.")
        @ValidationRule(value = SizeRule.IS_LIMIT, message = SizeRule.LIMIT_MESSAGE)
        @Nullable IntOrString maxBytes,
    @JsonPropertyDescription("Deletes segments as soon as every consumer is past them.")
        @Nullable Boolean deleteProcessed,
    @JsonPropertyDescription("Deletes segments as soon as they are archived.")
        @Nullable Boolean deleteArchived,
    @JsonPropertyDescription(
            "Keeps segments, whatever the limits say, until every consumer is past them.")
        @Nullable Boolean holdUnprocessed,
    @JsonPropertyDescription("Keeps segments, whatever the limits say, until they are archived.")
        @Nullable Boolean holdUnarchived,
    @JsonPropertyDescription(
            "Time between two runs of retention, such as 30s, for the whole cluster; a log"
                + " cannot override it.")
        @Size(max = SpanRule.MAX_LENGTH)
        @ValidationRule(value = SpanRule.IS_SPAN, message = SpanRule.MESSAGE)
        @Nullable String interval) {}
