package io.dislog.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.Api.Answer;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** A client of Durable Streams, for tests. */
final class Streams {

  private static final AtomicInteger NAMES = new AtomicInteger();

  private final URI base;
  private final Api api;

  Streams(URI base) {
    this.base = base;
    this.api = new Api(base);
  }

  /** One that no other test has. */
  String newName() {
    return "stream-" + NAMES.incrementAndGet();
  }

  /** How this client calls the service. */
  String origin() {
    return "http://" + base.getHost() + ":" + base.getPort();
  }

  Answer created(String path, String type, String body, String... headers) {
    byte[] bytes = body.getBytes(UTF_8);
    Answer answer = api.sendBytes("PUT", path, bytes, with(type, headers));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer;
  }

  Answer append(String path, String type, String body, String... headers) {
    return api.send("POST", path, body, with(type, headers));
  }

  static String offset(long offset) {
    return "%020d".formatted(offset);
  }

  private static String[] with(String type, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Content-Type";
    all[1] = type;
    System.arraycopy(headers, 0, all, 2, headers.length);
    return all;
  }
}
