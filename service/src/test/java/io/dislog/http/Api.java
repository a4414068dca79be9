package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.RequestPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A client of the API, for tests. */
public final class Api {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Longer than any wait that a request may ask for. */
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final AtomicInteger LOGS = new AtomicInteger();

  private final URI base;

  /**
   * @param base where the service listens, without a path
   */
  public Api(URI base) {
    this.base = base;
  }

  /** Waits until the service takes requests, which it may not when a class' first test begins. */
  public Api awaitReady() {
    Await.until(() -> get("/v1/defaults").status() == 200);
    return this;
  }

  /** The value of a metric, at the port that has them; by its name and labels, as they are told. */
  public double metric(String name) {
    String metrics = get("/q/metrics").text();
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not in " + metrics));
  }

  /** Creates a log that no other test has, once the service is ready. */
  public String newLog() {
    awaitReady();
    String name = "log-" + LOGS.incrementAndGet();
    assertThat(send("PUT", "/v1/logs/" + name, "").status()).isEqualTo(201);
    return "/v1/logs/" + name;
  }

  /** Appends records, one per word. */
  public void append(String log, String... values) {
    for (String value : values) {
      assertThat(send("POST", log + "/records", value).status()).isEqualTo(201);
    }
  }

  public Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  public Answer send(String method, String path, @Nullable String body, String... headers) {
    return sendBytes(
        method, path, body == null ? null : body.getBytes(StandardCharsets.UTF_8), headers);
  }

  public Answer sendBytes(String method, String path, byte @Nullable [] body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
    request.method(
        method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return new Answer(CLIENT.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What came back. */
  public record Answer(HttpResponse<byte[]> response) {

    public int status() {
      return response.statusCode();
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("(none)");
    }

    public byte[] bytes() {
      return response.body();
    }

    public String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      try {
        return MAPPER.readTree(response.body());
      } catch (IOException e) {
        throw new UncheckedIOException(text(), e);
      }
    }

    /** Asserts that this is a refusal, whole and in its form. */
    public Answer refusedAs(ProblemType type) {
      assertThat(status()).as(text()).isEqualTo(type.status());
      assertThat(header("Content-Type")).isEqualTo("application/problem+json");
      JsonNode problem = json();
      assertThat(problem.path("type").textValue()).isEqualTo(type.uri());
      assertThat(problem.path("status").intValue()).isEqualTo(type.status());
      assertThat(problem.path("retryable").isBoolean()).isTrue();
      assertThat(problem.path("retryable").booleanValue()).isEqualTo(type.retryable());
      assertThat(problem.path("title").textValue()).isNotEmpty();
      assertThat(problem.path("detail").textValue()).isNotEmpty();
      assertThat(problem.path("instance").textValue())
          .isEqualTo(RequestPath.of(response.uri().getRawPath()).toString());
      assertThat(header("Dislog-Next-Offset")).isEqualTo("(none)");
      return this;
    }

    /** Asserts where the log that this is about begins and ends. */
    public Answer about(long earliest, long end) {
      assertThat(header("Dislog-Earliest-Offset")).isEqualTo(Long.toString(earliest));
      assertThat(header("Dislog-End-Offset")).isEqualTo(Long.toString(end));
      return this;
    }

    /** Asserts that this is about no log that exists. */
    public Answer aboutNoLog() {
      assertThat(header("Dislog-Earliest-Offset")).isEqualTo("(none)");
      assertThat(header("Dislog-End-Offset")).isEqualTo("(none)");
      return this;
    }
  }
}
