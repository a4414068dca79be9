package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.kit.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Speaks HTTP with one port of the service. Safe for use by many threads. */
public final class Api {

  static final String NDJSON = "application/x-ndjson";
  static final String JSON_BATCH = "application/vnd.dislog.batch+json";
  static final String FRAMES = "application/vnd.dislog.batch";
  static final String BYTES = "application/octet-stream";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(20))
          .build();

  private final String host;
  private final int port;
  private final Duration patience;

  /** One on this machine. */
  public Api(int port) {
    this("127.0.0.1", port, PATIENCE);
  }

  /**
   * One on any machine.
   *
   * @param patience for each answer
   */
  public Api(String host, int port, Duration patience) {
    this.host = host;
    this.port = port;
    this.patience = patience;
  }

  /** The same with another patience. */
  Api within(Duration otherPatience) {
    return new Api(host, port, otherPatience);
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  /** A bare connection to it. */
  RawConnection connect() throws IOException {
    return new RawConnection(host, port);
  }

  public Answer get(String path, String... headers) throws IOException, InterruptedException {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  Answer put(String path, String json, String ifMatch) throws IOException, InterruptedException {
    BodyPublisher body = BodyPublishers.ofString(json);
    return send("PUT", path, body, "Content-Type", "application/json", "If-Match", ifMatch);
  }

  Answer delete(String path) throws IOException, InterruptedException {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  Answer put(String path, String json) throws IOException, InterruptedException {
    return send("PUT", path, BodyPublishers.ofString(json), "Content-Type", "application/json");
  }

  Answer patch(String path, String json) throws IOException, InterruptedException {
    return send(
        "PATCH",
        path,
        BodyPublishers.ofString(json),
        "Content-Type",
        "application/merge-patch+json");
  }

  Answer put(String path, byte[] body, String... headers) throws IOException, InterruptedException {
    return send("PUT", path, BodyPublishers.ofByteArray(body), headers);
  }

  Answer post(String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return send("POST", path, BodyPublishers.ofByteArray(body), headers);
  }

  Answer post(String path) throws IOException, InterruptedException {
    return send("POST", path, BodyPublishers.noBody());
  }

  /** Appends to a log. */
  public Answer append(String log, String contentType, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return post(records(log), contentType, body, headers);
  }

  Answer post(String path, String contentType, byte[] body, String... headers)
      throws IOException, InterruptedException {
    String[] all = new String[headers.length + 2];
    all[0] = "Content-Type";
    all[1] = contentType;
    System.arraycopy(headers, 0, all, 2, headers.length);
    return send("POST", path, BodyPublishers.ofByteArray(body), all);
  }

  /** Appends one record of text. */
  public Answer append(String log, String value) throws IOException, InterruptedException {
    return append(log, BYTES, value.getBytes(UTF_8));
  }

  /** What the service says of a log. */
  JsonNode describe(String log) throws IOException, InterruptedException {
    return get("/v1/logs/" + log).is(200).json();
  }

  /**
   * Asks a node of several, and asks again where it found no leader or had no answer in time: for
   * what does no harm when it is done twice. A leader that is paused for a second is one no more.
   */
  Answer insist(Caller.Request request) throws Exception {
    List<Answer> answers = new ArrayList<>();
    Await.until(
        () -> "it is taken, and not answered " + answers,
        () -> {
          try {
            answers.add(request.send(this));
          } catch (HttpTimeoutException e) {
            return false;
          }
          return answers.getLast().status() != 503;
        });
    return answers.getLast();
  }

  static String records(String log) {
    return "/v1/logs/" + log + "/records";
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + path))
        .timeout(patience);
  }

  HttpClient client() {
    return CLIENT;
  }

  private Answer send(String method, String path, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return Answer.of(CLIENT.send(request.build(), BodyHandlers.ofByteArray()));
  }
}
