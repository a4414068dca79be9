package io.dislog.operator.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** An issuer of tokens: the API server of this Kubernetes, or one of OpenID Connect. */
@ValidationRule(
    value =
        "self.name == 'kubernetes' ? !has(self.url) && !has(self.audience) &&"
            + " !has(self.caConfigMap) : has(self.url) && has(self.audience)",
    message =
        "the issuer 'kubernetes' is known, and has nothing but its name; any other one has a url and"
            + " an audience")
@JsonIgnoreProperties(ignoreUnknown = true)
public record IssuerSpec(
    @JsonPropertyDescription(
            "Name of the issuer in rules: kubernetes, or one of lower-case letters, digits and '-'.")
        @Required
        @Size(min = 1, max = 40)
        @ValidationRule(
            value = "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
            message = "an issuer's name has lower-case letters, digits and '-' alone")
        String name,
    @JsonPropertyDescription("The issuer as its tokens name it, an https URL.")
        @Size(max = 1024)
        @ValidationRule(
            value = "self.matches('^https://[^?# ]+$')",
            message = "an issuer's url begins with https://, and has no query and no fragment")
        @Nullable String url,
    @JsonPropertyDescription("For whom tokens for this cluster are made.")
        @Size(min = 1, max = 256)
        @ValidationRule(
            value = "self.matches('^[!-~]+$')",
            message = "an audience has printable characters alone, and no blanks")
        @Nullable String audience,
    @JsonPropertyDescription(
            "Name of a ConfigMap whose ca.crt has signed the issuer's certificate; if absent, what"
                + " public authorities have signed is taken.")
        @Size(min = 1, max = ObjectName.MAX_LENGTH)
        @ValidationRule(value = ObjectName.IS_NAME, message = ObjectName.MESSAGE)
        @Nullable String caConfigMap) {

  /** One that has nothing but its name. */
  public IssuerSpec(String name) {
    this(name, null, null, null);
  }
}
