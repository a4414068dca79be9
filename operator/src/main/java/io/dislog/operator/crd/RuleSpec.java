package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some rights of somebody on some logs. */
@ValidationRule(
    value = "has(self.logs) || self.may.all(right, right == 'admin')",
    message = "a rule names the logs that it is about, unless it is for admin alone")
@JsonIgnoreProperties(ignoreUnknown = true)
public record RuleSpec(
    @JsonPropertyDescription(
            "Principals and groups, such as system:serviceaccount:NAMESPACE:NAME,"
                + " oidc:ISSUER:group:GROUP and anonymous.")
        @Required
        @Size(min = 1, max = 100)
        @ValidationRule(
            value = "self.all(one, one.trim() != '')",
            message = "a name in who is empty: leave it out, or name a principal or group")
        List<@Size(min = 1, max = 512) String> who,
    @JsonPropertyDescription("Rights: read, append, consume, manage, admin.")
        @Required
        @Size(min = 1, max = 5)
        @ValidationRule(
            value = "self.all(right, right in ['read', 'append', 'consume', 'manage', 'admin'])",
            message = "a right must be read, append, consume, manage or admin")
        List<@Size(max = 16) String> may,
    @JsonPropertyDescription(
            "Logs by name, by a beginning and '*', or, after 'stream:', the same of streams' paths.")
        @Size(min = 1, max = 100)
        @ValidationRule(value = ENDS_ALONE, message = ENDS_ALONE_MESSAGE)
        @ValidationRule(
            value = "!('stream:' in self)",
            message = "after 'stream:' comes a path, a beginning of one and '*', or '*' alone")
        @Nullable List<@Size(min = 1, max = 1100) String> logs,
    @JsonPropertyDescription("Consumers that may be moved, by name or a beginning and '*'.")
        @Size(min = 1, max = 100)
        @ValidationRule(value = ENDS_ALONE, message = ENDS_ALONE_MESSAGE)
        @Nullable List<@Size(min = 1, max = 129) String> consumers) {

  /** CEL: whether an asterisk is at the end of names alone. */
  private static final String ENDS_ALONE =
      "self.all(name, name.indexOf('*') in [-1, name.size() - 1])";

  private static final String ENDS_ALONE_MESSAGE =
      "a '*' is allowed at the end of a name alone, and means whatever begins so";
}
