package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may do what with a cluster's logs. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AuthSpec(
    @JsonPropertyDescription(
            "Issuers whose tokens are taken; if absent, Kubernetes alone. A change restarts the"
                + " nodes one after the other.")
        @Size(min = 1, max = 16)
        @ValidationRule(
            value = "self.all(one, self.filter(other, other.name == one.name).size() == 1)",
            message = "each issuer has a name of its own")
        @Nullable List<IssuerSpec> issuers,
    @JsonPropertyDescription(
            "What is allowed; what no rule allows is refused. A change needs no restart, and is in"
                + " force within two minutes.")
        @Size(max = 200)
        @Nullable List<RuleSpec> rules) {}
