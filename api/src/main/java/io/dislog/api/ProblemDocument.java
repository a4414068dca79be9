package io.dislog.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Map;

/**
 * Why a node refuses something, as RFC 9457 writes it.
 *
 * @param type such as {@code /problems/invalid-config}; empty where the answer was no problem
 *     document
 * @param title what kind of refusal that is, for people
 * @param status of the answer
 * @param detail what was wrong, for people
 * @param instance the path that was asked for
 * @param retryable whether the same may succeed later
 * @param members the further ones, numbers or strings, in their order; whoever reads a problem is
 *     not told of them
 */
@JsonPropertyOrder({"type", "title", "status", "detail", "instance", "retryable"})
public record ProblemDocument(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    boolean retryable,
    @JsonIgnore Map<String, Object> members) {

  private static final int TOO_MANY_REQUESTS = 429;

  /** What an answer says, which may be no problem document: something between may have said it. */
  public static ProblemDocument read(int status, byte[] body) {
    JsonNode said = tree(body);
    return new ProblemDocument(
        said.path("type").asText(""),
        said.path("title").asText(""),
        status,
        said.path("detail").asText(""),
        said.path("instance").asText(""),
        said.path("retryable").asBoolean(status >= 500 || status == TOO_MANY_REQUESTS),
        Map.of());
  }

  @JsonAnyGetter
  Map<String, Object> further() {
    return members;
  }

  private static JsonNode tree(byte[] body) {
    try {
      return ApiJson.read(body, JsonNode.class);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }
}
