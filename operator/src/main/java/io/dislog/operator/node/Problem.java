package io.dislog.operator.node;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Why a node refused something, as it says so.
 *
 * @param status of the answer
 * @param type such as {@code /problems/invalid-config}; empty where the answer was no problem
 *     document
 * @param detail what was wrong, for people
 * @param retryable whether the same may succeed later
 */
public record Problem(int status, String type, String detail, boolean retryable) {

  private static final int TOO_MANY_REQUESTS = 429;

  /** What a body says, which may be no problem document: something between may have answered. */
  static Problem of(int status, JsonNode body) {
    return new Problem(
        status,
        body.path("type").asText(""),
        body.path("detail").asText(""),
        body.path("retryable").asBoolean(status >= 500 || status == TOO_MANY_REQUESTS));
  }
}
