package io.dislog.kit.smoke;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Asks one node, and remembers which of the operations it asked for. For one thread.
 *
 * <p>A leader that stands still for a second is one no more. What was not done for want of one is
 * asked for again, and so is a read that shows only what the node has itself.
 */
final class Api {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final BodyHandler<String> TEXT = BodyHandlers.ofString(StandardCharsets.UTF_8);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String base;
  private final Set<String> asked;

  /**
   * @param base as {@code http://host:port}
   * @param asked where methods and paths go, without their queries
   */
  Api(String base, Set<String> asked) {
    this.base = base;
    this.asked = asked;
  }

  Answer get(String path, String... headers) throws IOException, InterruptedException {
    return send("GET", path, "", headers);
  }

  Answer post(String path, String type, String body, String... headers)
      throws IOException, InterruptedException {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = "Content-Type";
    all[1] = type;
    return send("POST", path, body, all);
  }

  Answer json(String method, String path, String body) throws IOException, InterruptedException {
    return send(method, path, body, "Content-Type", "application/json");
  }

  Answer send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    BodyPublisher publisher =
        body.isEmpty()
            ? BodyPublishers.noBody()
            : BodyPublishers.ofString(body, StandardCharsets.UTF_8);
    HttpRequest.Builder request = request(path, headers).method(method, publisher);
    asked.add(method + " " + path.replaceFirst("\\?.*", ""));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    var response = HTTP.send(request.build(), TEXT);
    while (lacksLeader(method, response) && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(50);
      response = HTTP.send(request.build(), TEXT);
    }
    Answer answer = new Answer(method + " " + path, response.statusCode(), response.body());
    if (answer.status() == 503 && answer.text().contains("/problems/no-leader")) {
      throw new LeaderGone(answer);
    }
    return answer;
  }

  private static boolean lacksLeader(String method, HttpResponse<String> response) {
    boolean reads = method.equals("GET") || method.equals("HEAD");
    return response.headers().firstValue("Dislog-Not-Leader").isPresent()
        || (reads && response.headers().firstValue("Dislog-Consistency").isPresent());
  }

  /** The first bytes of an answer that does not end by itself. */
  String begin(String path, int bytes, String... headers) throws IOException, InterruptedException {
    asked.add("GET " + path.replaceFirst("\\?.*", ""));
    var response = HTTP.send(request(path, headers).build(), BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      return new String(body.readNBytes(bytes), StandardCharsets.UTF_8);
    }
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    return headers.length == 0 ? request : request.headers(headers);
  }
}
