package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A record as a reader got it.
 *
 * @param time in milliseconds since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares these by their bytes.
record Received(
    long offset, long time, @Nullable String key, Map<String, String> headers, byte[] value) {

  /** The record that a record object means. */
  static Received of(JsonNode object) {
    assertThat(object.has("value")).isNotEqualTo(object.has("base64"));
    Map<String, String> headers = new TreeMap<>();
    object
        .path("headers")
        .properties()
        .forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
    return new Received(
        object.path("offset").asLong(-1),
        Instant.parse(object.path("timestamp").asText()).toEpochMilli(),
        object.has("key") ? object.get("key").asText() : null,
        headers,
        object.has("value")
            ? object.get("value").asText().getBytes(UTF_8)
            : Base64.getDecoder().decode(object.get("base64").asText()));
  }
}
