package io.dislog.access.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * What a token says that somebody who is trusted gave to this process. Immutable.
 *
 * @param subject who this process is
 * @param audience for whom the token is
 */
public record OwnToken(String subject, Set<String> audience) {

  /**
   * Reads a token from its file.
   *
   * @throws IOException where there is none
   */
  public static OwnToken read(Path file) throws IOException {
    JsonNode said = Jwt.payload(Files.readString(file).strip());
    Set<String> audience = new HashSet<>();
    JsonNode listed = said.path("aud");
    if (listed.isTextual()) {
      audience.add(listed.textValue());
    }
    listed.forEach(one -> audience.add(one.asText()));
    return new OwnToken(said.path("sub").asText(), Set.copyOf(audience));
  }
}
