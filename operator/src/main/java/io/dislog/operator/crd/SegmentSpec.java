package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import org.jspecify.annotations.Nullable;

/** When a segment is sealed and the next one begun; what is null has the service's default. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SegmentSpec(
    @JsonPropertyDescription(
            "Largest size of a segment: bytes such as 256Mi, at least 4Ki, less than 1Ti, and at most"
                + " half of storage.size. The service's default is 256Mi.")
        @ValidationRule(value = SizeRule.IS_SIZE, message = SizeRule.MESSAGE)
        @ValidationRule(
            value =
                "!isQuantity(string(self)) || (quantity(string(self)).compareTo(quantity('4Ki')) >="
                    + " 0 && quantity(string(self)).compareTo(quantity('1Ti')) < 0)",
            message = "segment.maxBytes must be at least 4Ki and less than 1Ti")
        @Nullable IntOrString maxBytes,
    @JsonPropertyDescription(
            "Seals a segment once its first record is older than this: a duration such as"
                + " 1d, or none. The service's default is none.")
        @Size(max = SpanRule.MAX_LENGTH)
        @ValidationRule(value = SpanRule.IS_LIMIT, message = SpanRule.LIMIT_MESSAGE)
        @Nullable String maxAge) {}
