package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dislog.kit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A reader of a log's event stream, which takes the events as fast as they come. */
final class Events implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<Received> records = new CopyOnWriteArrayList<>();
  private final InputStream body;
  private final Thread reader;
  private volatile boolean begun;

  /**
   * Begins to read.
   *
   * @param query where the stream starts
   */
  Events(Api api, String log, String query) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        api.client()
            .send(
                api.request(Api.records(log) + "?" + query)
                    .header("Accept", "text/event-stream")
                    .build(),
                BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    body = answer.body();
    reader = Thread.ofVirtual().start(this::read);
  }

  /** What has come so far. */
  List<Received> records() {
    return records;
  }

  /** Waits for the first bytes: from now on nothing that is appended is missed. */
  void awaitBegin() throws Exception {
    Await.until("the stream begins", PATIENCE, () -> begun);
  }

  void awaitRecords(int count) throws Exception {
    Await.until(
        () -> "%d events, not %d".formatted(count, records.size()),
        PATIENCE,
        () -> records.size() >= count);
  }

  /** Waits for the service to end the stream. */
  void awaitEnd() throws InterruptedException {
    assertThat(reader.join(PATIENCE)).as("the stream ended").isTrue();
  }

  boolean isOpen() {
    return reader.isAlive();
  }

  @Override
  public void close() throws IOException {
    body.close();
  }

  private void read() {
    ObjectMapper json = new ObjectMapper();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      @Nullable String line;
      while ((line = lines.readLine()) != null) {
        begun = true;
        if (line.startsWith("data:")) {
          records.add(Received.of(json.readTree(line.substring("data:".length()))));
        }
      }
    } catch (IOException e) {
      // The service, or this reader, has closed the connection.
    }
  }
}
