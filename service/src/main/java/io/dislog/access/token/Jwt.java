package io.dislog.access.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;

/**
 * What a token says, whether it is true or not: enough to know whose keys could show that it is.
 */
final class Jwt {

  private static final int MOST_CHARACTERS = 16 << 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private Jwt() {}

  /**
   * Whether a text may be a signed token: three parts, each as it is written alone. Who decodes
   * them later may pass over characters that don't belong there.
   */
  static boolean isOne(String token) {
    String[] parts = token.length() > MOST_CHARACTERS ? new String[0] : token.split("\\.", -1);
    return parts.length == 3 && Arrays.stream(parts).allMatch(Jwt::isEncoded);
  }

  private static boolean isEncoded(String part) {
    try {
      byte[] decoded = Base64.getUrlDecoder().decode(part);
      return decoded.length > 0
          && Base64.getUrlEncoder().withoutPadding().encodeToString(decoded).equals(part);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * What a token calls its issuer.
   *
   * @throws IOException where it is no token
   */
  static String issuer(String token) throws IOException {
    return payload(token).path("iss").asText();
  }

  /** What a token says. */
  static JsonNode payload(String token) throws IOException {
    if (!isOne(token)) {
      throw new IOException("it is no signed token");
    }
    try {
      String payload = token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
      return JSON.readTree(Base64.getUrlDecoder().decode(payload));
    } catch (IllegalArgumentException e) {
      throw new IOException("it is no signed token", e);
    }
  }
}
