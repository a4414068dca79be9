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
            "Segments go once their newest record is older: a duration such as 12h or 7d, or none."
                + " The service's default is 7d.")
        @Size(max = SpanRule.MAX_LENGTH)
        @ValidationRule(value = SpanRule.IS_LIMIT, message = SpanRule.LIMIT_MESSAGE)
        @Nullable String maxAge,
    @JsonPropertyDescription(
            "The oldest segments go while one log holds more on one node: bytes such as 8Gi, or"
                + " none. The service's default is none.")
        @ValidationRule(value = SizeRule.IS_LIMIT, message = SizeRule.LIMIT_MESSAGE)
        @Nullable IntOrString maxBytes,
    @JsonPropertyDescription("Segments go as soon as every consumer is past them.")
        @Nullable Boolean deleteProcessed,
    @JsonPropertyDescription("Segments go as soon as they are archived.")
        @Nullable Boolean deleteArchived,
    @JsonPropertyDescription(
            "Segments stay, whatever the limits say, until every consumer is past them.")
        @Nullable Boolean holdUnprocessed,
    @JsonPropertyDescription("Segments stay, whatever the limits say, until they are archived.")
        @Nullable Boolean holdUnarchived,
    @JsonPropertyDescription(
            "Time between two runs of retention, such as 30s. It is the whole cluster's: a log has"
                + " none of its own.")
        @Size(max = SpanRule.MAX_LENGTH)
        @ValidationRule(value = SpanRule.IS_SPAN, message = SpanRule.MESSAGE)
        @Nullable String interval) {}
