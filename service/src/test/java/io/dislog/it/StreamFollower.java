package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A reader of a stream of JSON numbers, live at one node until the stream is closed: whenever its
 * node is away or knows no leader, it asks again for what is next.
 */
final class StreamFollower {

  private static final int PAUSE_MILLIS = 50;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Api api;
  private final String stream;
  private final String live;
  private final List<Integer> numbers = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private String next = "-1";
  private String cursor = "0";
  private volatile boolean closed;
  private volatile boolean over;
  private volatile @Nullable Throwable failure;

  /**
   * Begins at the stream's beginning.
   *
   * @param live how it waits, as the protocol says it
   */
  StreamFollower(Api api, String stream, String live) {
    this.api = api;
    this.stream = stream;
    this.live = live;
    this.thread = Thread.ofVirtual().start(this::follow);
  }

  /** What has come so far. */
  List<Integer> numbers() {
    return numbers;
  }

  /** Whether it was told that nothing more comes. */
  boolean isClosed() {
    return closed;
  }

  /** What it was answered that it can't understand, or null. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** Ends it where it is. */
  void end() throws InterruptedException {
    over = true;
    thread.interrupt();
    thread.join();
  }

  private void follow() {
    try {
      while (!closed && !over) {
        try {
          ask();
        } catch (IOException away) {
          Thread.sleep(PAUSE_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      failure = e;
    }
  }

  private void ask() throws IOException, InterruptedException {
    String path = "%s?offset=%s&live=%s&cursor=%s".formatted(stream, next, live, cursor);
    if (live.equals("sse")) {
      readEvents(path);
    } else {
      poll(path);
    }
  }

  private void poll(String path) throws IOException, InterruptedException {
    Answer answer = api.get(path);
    if (answer.status() == 503) {
      Thread.sleep(PAUSE_MILLIS);
      return;
    }
    assertThat(answer.status()).as(answer.text()).isIn(200, 204);
    if (answer.status() == 200) {
      take(answer.json());
    }
    next = String.valueOf(answer.header("Stream-Next-Offset"));
    cursor = String.valueOf(answer.header("Stream-Cursor"));
    closed = answer.header("Stream-Closed") != null;
  }

  private void readEvents(String path) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        api.client().send(api.request(path).build(), BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      if (answer.statusCode() == 503) {
        Thread.sleep(PAUSE_MILLIS);
        return;
      }
      assertThat(answer.statusCode()).isEqualTo(200);
      List<String> data = new ArrayList<>();
      boolean isControl = false;
      @Nullable String line;
      while ((line = lines.readLine()) != null) {
        if (line.startsWith("event:")) {
          isControl = line.equals("event: control");
        } else if (isControl && line.startsWith("data:")) {
          takeControl(data, MAPPER.readTree(line.substring("data:".length())));
        } else if (line.startsWith("data:")) {
          data.add(line.substring("data:".length()));
        }
      }
    }
  }

  /** What came before counts from here on: without this, it comes once more. */
  private void takeControl(List<String> data, JsonNode control) throws IOException {
    if (!data.isEmpty()) {
      take(MAPPER.readTree(String.join("\n", data)));
      data.clear();
    }
    next = control.path("streamNextOffset").textValue();
    cursor = control.path("streamCursor").asText("0");
    closed = control.path("streamClosed").booleanValue();
  }

  private void take(JsonNode messages) {
    for (JsonNode message : messages) {
      numbers.add(message.intValue());
    }
  }
}
