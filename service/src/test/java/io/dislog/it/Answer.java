package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the service answered.
 *
 * @param headers by name, whose case does not count; of one that stands twice the first
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares these by their bytes.
record Answer(int status, Map<String, String> headers, byte[] body) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Answer of(HttpResponse<byte[]> response) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    return new Answer(response.statusCode(), headers, response.body());
  }

  /** This answer, which has that status. */
  Answer is(int expected) {
    assertThat(status).as(() -> "status of the answer " + text()).isEqualTo(expected);
    return this;
  }

  /** This answer, which is a whole problem document of that type. */
  Answer isProblem(int expected, String slug) {
    is(expected);
    assertThat(header("Content-Type")).startsWith("application/problem+json");
    JsonNode problem = json();
    assertThat(problem.path("type").asText()).isEqualTo("/problems/" + slug);
    assertThat(problem.path("status").asInt()).isEqualTo(expected);
    assertThat(problem.path("retryable").isBoolean()).isTrue();
    for (String member : new String[] {"title", "detail", "instance"}) {
      assertThat(problem.path(member).asText()).as(member).isNotEmpty();
    }
    return this;
  }

  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** A header that is there and is a number. */
  long number(String name) {
    String value = headers.get(name);
    assertThat(value).as(name).isNotNull();
    return Long.parseLong(String.valueOf(value));
  }

  public JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(text(), e);
    }
  }

  /** The body's beginning, to be shown. */
  public String text() {
    return new String(body, 0, Math.min(body.length, 2000), UTF_8);
  }

  @Override
  public String toString() {
    return status + " " + text();
  }
}
