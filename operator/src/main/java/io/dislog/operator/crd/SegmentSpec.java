package io.dislog.operator.crd;

import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import org.jspecify.annotations.Nullable;

/**
 * When a segment is sealed and the next one begun; what is null has the service's default.
 *
 * @param maxBytes of a segment's store, at least 4Ki
 * @param maxAge of a segment's first record, as a duration or {@code none}
 */
public record SegmentSpec(
    @ValidationRule(value = ByteSize.IS_SIZE, message = ByteSize.MESSAGE)
        @ValidationRule(
            value =
                "!(type(self) == int || self.matches('^[1-9][0-9]{0,14}([KMGT]i)?$')) ||"
                    + " (quantity(string(self)).compareTo(quantity('4Ki')) >= 0 &&"
                    + " quantity(string(self)).compareTo(quantity('1Ti')) <= 0)",
            message = "segment.maxBytes must be between 4Ki and 1Ti")
        @Nullable IntOrString maxBytes,
    @Size(max = 16) @ValidationRule(value = Span.IS_LIMIT, message = Span.LIMIT_MESSAGE)
        @Nullable String maxAge) {}
