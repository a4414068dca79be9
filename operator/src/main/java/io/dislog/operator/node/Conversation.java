package io.dislog.operator.node;

import static java.net.HttpURLConnection.HTTP_NO_CONTENT;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import io.dislog.api.ApiJson;
import io.dislog.api.ProblemDocument;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Requests to one node, and its answers, in JSON. Blocks; safe for use by many threads. */
final class Conversation {

  private final HttpClient http;
  private final String id;
  private final URI base;
  private final Duration patience;
  private final Supplier<@Nullable String> token;

  /**
   * @param token that is shown, or null
   */
  Conversation(
      HttpClient http, String id, URI base, Duration patience, Supplier<@Nullable String> token) {
    this.http = http;
    this.id = id;
    this.base = base;
    this.patience = patience;
    this.token = token;
  }

  <T> T get(String target, Class<T> type) throws NodeException {
    return send("GET", target, null, patience, type);
  }

  <T> T send(String method, String target, @Nullable Object body, Duration patience, Class<T> type)
      throws NodeException {
    HttpResponse<byte[]> answer = send(method, target, body, patience);
    try {
      return ApiJson.read(answer.body(), type);
    } catch (IOException e) {
      throw new NodeException.NoAnswer(id, answer.statusCode(), e);
    }
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
      String method, String target, @Nullable Object body, Duration patience) throws NodeException {
    HttpRequest plain =
        HttpRequest.newBuilder(base.resolve(target))
            .timeout(patience)
            .header("Content-Type", "application/json")
            .method(method, publisher(body))
            .build();
    try {
      HttpResponse<byte[]> answer = http.send(signed(plain), BodyHandlers.ofByteArray());
      if (answer.statusCode() == HTTP_UNAUTHORIZED) {
        // One that does not know of operators takes no token, and asks for none.
        answer = http.send(plain, BodyHandlers.ofByteArray());
      }
      if (answer.statusCode() / 100 != 2) {
        throw new NodeException.Refused(
            id, ProblemDocument.read(answer.statusCode(), answer.body()));
      }
      return answer;
    } catch (IOException e) {
      throw new NodeException.NoAnswer(id, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NodeException.NoAnswer(id, e);
    }
  }

  private HttpRequest signed(HttpRequest plain) {
    String shown = token.get();
    return shown == null
        ? plain
        : HttpRequest.newBuilder(plain, (name, value) -> true)
            .header("Authorization", "Bearer " + shown)
            .build();
  }

  private static BodyPublisher publisher(@Nullable Object body) {
    return body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(ApiJson.write(body));
  }

  @Override
  public String toString() {
    return "node %s at %s".formatted(id, base);
  }
}
