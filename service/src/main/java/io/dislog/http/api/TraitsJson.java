package io.dislog.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dislog.api.Setting;
import io.dislog.api.Span;
import io.dislog.command.LogTraits;
import io.dislog.http.notation.MediaType;
import io.dislog.http.notation.Time;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The members of a configuration that are given when a log is made, and can't be changed. */
final class TraitsJson {

  private static final String CONTENT_TYPE = "contentType";
  private static final String TTL = "ttl";
  private static final String EXPIRES_AT = "expiresAt";

  static final List<String> MEMBERS = List.of(CONTENT_TYPE, TTL, EXPIRES_AT);

  private TraitsJson() {}

  /**
   * Takes them out of a configuration.
   *
   * @param now in milliseconds since 1970
   */
  static LogTraits take(ObjectNode config, long now) {
    Long ttl = ttl(config.remove(TTL));
    Long expiresAt = expiresAt(config.remove(EXPIRES_AT), now);
    if (ttl != null && expiresAt != null) {
      throw ConfigJson.invalid(EXPIRES_AT, "does not go with '%s'".formatted(TTL));
    }
    return new LogTraits(contentType(config.remove(CONTENT_TYPE)), ttl, expiresAt, null);
  }

  /** Adds them to a configuration. */
  static void put(LogTraits traits, ObjectNode config) {
    if (traits.contentType() != null) {
      config.put(CONTENT_TYPE, traits.contentType());
    }
    if (traits.ttlMillis() != null) {
      config.put(TTL, Span.print(traits.ttlMillis()));
    }
    if (traits.expiresAt() != null) {
      config.put(EXPIRES_AT, Time.print(traits.expiresAt()));
    }
  }

  private static @Nullable String contentType(@Nullable JsonNode node) {
    if (node == null) {
      return null;
    }
    String type = node.isTextual() ? node.textValue() : "";
    if (!MediaType.canBeKept(type)) {
      throw ConfigJson.invalid(
          CONTENT_TYPE,
          "is not a media type of at most %d characters, such as \"application/json\""
              .formatted(MediaType.MAX_KEPT_CHARACTERS));
    }
    return type.strip();
  }

  private static @Nullable Long ttl(@Nullable JsonNode node) {
    if (node == null) {
      return null;
    }
    OptionalLong millis = node.isTextual() ? Span.parse(node.textValue()) : OptionalLong.empty();
    // As large as a setting may be that is an age.
    if (millis.isEmpty() || !Setting.RETENTION_MAX_AGE.allows(millis.getAsLong())) {
      throw ConfigJson.invalid(TTL, "is not a duration of at least 1s, such as \"12h\" or \"7d\"");
    }
    return millis.getAsLong();
  }

  private static @Nullable Long expiresAt(@Nullable JsonNode node, long now) {
    if (node == null) {
      return null;
    }
    OptionalLong millis = node.isTextual() ? Time.parse(node.textValue()) : OptionalLong.empty();
    if (millis.isEmpty()) {
      throw ConfigJson.invalid(EXPIRES_AT, "is not a time such as \"2026-11-22T12:14:05.120Z\"");
    }
    if (millis.getAsLong() <= now) {
      throw ConfigJson.invalid(EXPIRES_AT, "has passed");
    }
    return millis.getAsLong();
  }
}
