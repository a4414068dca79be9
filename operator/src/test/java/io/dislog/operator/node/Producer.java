package io.dislog.operator.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whoever else uses a cluster: appends records, consumes and seals. Asks again where a shard has no
 * leader just then, and numbers what it appends, so that it is there once. For one thread.
 */
final class Producer {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String id = "test-" + UUID.randomUUID();
  private final Map<String, Integer> appended = new HashMap<>();
  private final URI base;

  /**
   * @param node whose ordinal it is
   */
  Producer(Addresses addresses, int node) {
    base = addresses.of(Clusters.named("demo"), node);
  }

  void append(String log, String value) throws InterruptedException {
    int number = appended.merge(log, 1, Integer::sum) - 1;
    insist(
        request("POST", "/v1/logs/%s/records".formatted(log), value)
            .header("Producer-Id", id)
            .header("Producer-Epoch", "0")
            .header("Producer-Seq", String.valueOf(number)),
        201);
  }

  void seal(String log) throws InterruptedException {
    insist(request("POST", "/v1/logs/%s/segments".formatted(log), ""), 201);
  }

  /** Has a consumer stand where the log begins. */
  void consume(String log, String consumer) throws InterruptedException {
    insist(
        request(
            "PUT",
            "/v1/logs/%s/consumers/%s".formatted(log, consumer),
            "{\"offset\":\"earliest\"}"),
        201);
  }

  /** The value of a record. */
  String read(String log, long offset) throws InterruptedException {
    return insist(request("GET", "/v1/logs/%s/records/%d".formatted(log, offset), ""), 200);
  }

  private HttpRequest.Builder request(String method, String target, String body) {
    return HttpRequest.newBuilder(base.resolve(target))
        .timeout(ANSWER)
        .method(method, BodyPublishers.ofString(body));
  }

  /** Asks until it is answered so; what was done though nobody said so is answered with 200. */
  private String insist(HttpRequest.Builder request, int expected) throws InterruptedException {
    HttpRequest asked = request.build();
    AtomicReference<String> last = new AtomicReference<>("");
    AtomicReference<String> body = new AtomicReference<>("");
    AtomicInteger tries = new AtomicInteger();
    io.dislog.kit.Await.<InterruptedException>until(
        () -> "%s is answered with %d: %s".formatted(asked, expected, last),
        PATIENCE,
        () -> {
          boolean isFirst = tries.incrementAndGet() == 1;
          try {
            HttpResponse<String> answer = http.send(asked, BodyHandlers.ofString(UTF_8));
            last.set(answer.statusCode() + " " + answer.body());
            body.set(answer.body());
            return answer.statusCode() == expected || (!isFirst && answer.statusCode() == 200);
          } catch (IOException e) {
            last.set(e.toString());
            return false;
          }
        });
    return requireNonNull(body.get());
  }
}
