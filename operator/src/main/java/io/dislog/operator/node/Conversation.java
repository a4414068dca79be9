package io.dislog.operator.node;

import static java.net.HttpURLConnection.HTTP_NO_CONTENT;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one node, and its answers, in JSON. What an answer is read as is made by reflection,
 * for which a native executable needs its {@code @RegisterForReflection}. Blocks; safe for use by
 * many threads.
 */
final class Conversation {

  /** A newer service may say more than this operator knows. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final HttpClient http;
  private final String id;
  private final URI base;

  Conversation(HttpClient http, String id, URI base) {
    this.http = http;
    this.id = id;
    this.base = base;
  }

  <T> T get(String target, Class<T> type) throws NodeException {
    return send("GET", target, null, NodeClient.PATIENCE, type);
  }

  <T> T send(
      String method, String target, @Nullable JsonNode body, Duration patience, Class<T> type)
      throws NodeException {
    HttpResponse<byte[]> answer = send(method, target, body, patience);
    try {
      T said = JSON.readValue(answer.body(), type);
      if (said != null) {
        return said;
      }
    } catch (IOException e) {
      throw new NodeException.NoAnswer(id, answer.statusCode(), e);
    }
    throw new NodeException.NoAnswer(id, answer.statusCode(), null);
  }

  /** Asks for what is answered with nothing but that it is so. */
  void delete(String target, Duration patience) throws NodeException {
    HttpResponse<byte[]> answer = send("DELETE", target, null, patience);
    if (answer.statusCode() != HTTP_NO_CONTENT) {
      throw new NodeException.NoAnswer(id, answer.statusCode(), null);
    }
  }

  /** An answer that is no refusal. */
  private HttpResponse<byte[]> send(
      String method, String target, @Nullable JsonNode body, Duration patience)
      throws NodeException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(target))
            .timeout(patience)
            .header("Content-Type", "application/json")
            .method(method, publisher(body))
            .build();
    try {
      HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() / 100 != 2) {
        throw new NodeException.Refused(id, Problem.of(answer.statusCode(), read(answer.body())));
      }
      return answer;
    } catch (IOException e) {
      throw new NodeException.NoAnswer(id, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NodeException.NoAnswer(id, e);
    }
  }

  private static BodyPublisher publisher(@Nullable JsonNode body) {
    return body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
  }

  private static JsonNode read(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  @Override
  public String toString() {
    return "node %s at %s".formatted(id, base);
  }
}
