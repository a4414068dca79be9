package io.dislog.operator.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Whoever else uses a cluster: appends records, consumes and seals. */
final class Producer {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;

  /**
   * @param node whose ordinal it is
   */
  Producer(Addresses addresses, int node) {
    base = addresses.of(Clusters.named("demo"), node);
  }

  void append(String log, String value) throws IOException, InterruptedException {
    send("POST", "/v1/logs/%s/records".formatted(log), value, 201);
  }

  void seal(String log) throws IOException, InterruptedException {
    send("POST", "/v1/logs/%s/segments".formatted(log), "", 201);
  }

  /** Has a consumer stand where the log begins. */
  void consume(String log, String consumer) throws IOException, InterruptedException {
    send(
        "PUT",
        "/v1/logs/%s/consumers/%s".formatted(log, consumer),
        "{\"offset\":\"earliest\"}",
        201);
  }

  /** The value of a record. */
  String read(String log, long offset) throws IOException, InterruptedException {
    return send("GET", "/v1/logs/%s/records/%d".formatted(log, offset), "", 200);
  }

  private String send(String method, String target, String body, int expected)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(target))
            .timeout(PATIENCE)
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString(UTF_8));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
    return answer.body();
  }
}
