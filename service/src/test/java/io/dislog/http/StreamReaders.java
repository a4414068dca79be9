package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.server.WaitingReads;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests of those who wait at a stream, which is a new one for each test. */
abstract class StreamReaders {

  static final String TEXT = "text/plain";

  @TestHTTPResource URI base;

  @TestHTTPResource(management = true)
  URI management;

  @Inject WaitingReads waiting;
  Api api;
  String stream;

  @BeforeEach
  void createStream() {
    api = new Api(base).awaitReady();
    stream = create(TEXT);
  }

  /** Creates a stream of a type; gives its path. */
  String create(String type) {
    Streams streams = new Streams(base);
    String path = "/v1/stream/" + streams.newName();
    streams.created(path, type, "");
    return path;
  }

  @AfterEach
  void nobodyWaits() {
    Await.until(() -> waiting.count() == 0);
    Await.until(() -> new Api(management).metric("dislog_sse_streams") == 0);
  }

  void append(String body) {
    assertThat(api.send("POST", stream, body, "Content-Type", TEXT).status()).isEqualTo(204);
  }

  Wire events(String offset) throws IOException {
    return new Wire(base)
        .send("GET " + stream + "?live=sse&offset=" + offset + " HTTP/1.1\nHost: a\n\n");
  }
}
