package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A log that is to be there; what is null it has from the cluster. */
@ValidationRule(
    value = "!has(self.retention) || !has(self.retention.interval)",
    message = "the interval is the whole cluster's: move it to spec.retention.interval")
@ValidationRule(
    value = "!has(self.ttl) || !has(self.expiresAt)",
    message = "a log has one end, a ttl or an expiresAt: leave one of them out")
@JsonIgnoreProperties(ignoreUnknown = true)
public record LogSpec(
    @JsonPropertyDescription("Name of the log.")
        @Required
        @Size(min = 1, max = 128)
        @ValidationRule(
            value = "self.matches('^[a-z0-9][a-z0-9._-]{0,127}$')",
            message =
                "a log's name is 1 to 128 lower-case letters, digits, '.', '_' and '-', and begins"
                    + " with a letter or digit")
        @ValidationRule(
            value = "!self.startsWith('x---')",
            message =
                "a log whose name begins with 'x---' is that of a path of /v1/stream, and is created"
                    + " there alone: leave it out")
        String name,
    @JsonPropertyDescription("When segments of this log are sealed; overrides spec.segment.")
        @Nullable SegmentSpec segment,
    @JsonPropertyDescription("When segments of this log are deleted; overrides spec.retention.")
        @Nullable RetentionSpec retention,
    @JsonPropertyDescription(
            "Where an append is once it is acknowledged: with fsync in stable storage of a"
                + " majority of the nodes, with buffered in their memory. The service's default"
                + " is fsync.")
        @ValidationRule(
            value = "self in ['fsync', 'buffered']",
            message = "durability must be fsync or buffered")
        @Nullable LogDurability durability,
    @JsonPropertyDescription(
            "Media type of records that have none of their own, such as application/json. It is"
                + " given when the log is created, and can't be changed.")
        @Size(max = TraitRule.MAX_LENGTH)
        @ValidationRule(value = TraitRule.IS_MEDIA_TYPE, message = TraitRule.MEDIA_MESSAGE)
        @ValidationRule(
            value = TraitRule.IS_SAME_MEDIA_TYPE,
            message = "contentType" + TraitRule.KEPT_MESSAGE)
        @Nullable String contentType,
    @JsonPropertyDescription(
            "The log expires when nothing was read from it or appended to it for so long: a"
                + " duration such as 30m. An expired log is gone with its records, and is created"
                + " again only if it is removed from this list and added again. Given when the log"
                + " is created, and can't be changed.")
        @Size(max = SpanRule.MAX_LENGTH)
        @ValidationRule(value = SpanRule.IS_SPAN, message = SpanRule.MESSAGE)
        @ValidationRule(value = TraitRule.IS_SAME_SPAN, message = "ttl" + TraitRule.KEPT_MESSAGE)
        @Nullable String ttl,
    @JsonPropertyDescription(
            "The log expires at this time, such as 2027-01-31T00:00:00Z: it is gone with its"
                + " records, and is not created again. Given when the log is created, and can't"
                + " be changed.")
        @ValidationRule(value = "self == oldSelf", message = "expiresAt" + TraitRule.KEPT_MESSAGE)
        @Nullable String expiresAt) {

  /** A log that says nothing of what it can only be given when it is created. */
  public LogSpec(
      String name,
      @Nullable SegmentSpec segment,
      @Nullable RetentionSpec retention,
      @Nullable LogDurability durability) {
    this(name, segment, retention, durability, null, null, null);
  }
}
