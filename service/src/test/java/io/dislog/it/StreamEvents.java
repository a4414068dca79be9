package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A stream's events, until the service ends them, the connection breaks, or this side has enough.
 * What was shown counts, but for an event that did not come whole. For one thread.
 */
final class StreamEvents {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_MILLIS = 1500;

  private final Stream about;
  private final long begin;
  private final int millis;
  private final List<String> ids = new ArrayList<>();
  private final List<Part> steps = new ArrayList<>();
  private long next;
  private long tail = -1;
  private boolean closed;
  private int untold;

  /** One data event, or a few, and the control event behind that. */
  record Part(long from, int count, long next) {}

  StreamEvents(Stream about, long begin, Random random) {
    this.about = about;
    this.begin = begin;
    this.next = begin;
    this.millis = 1 + random.nextInt(MAX_MILLIS);
  }

  /** All records that were shown. */
  List<String> ids() {
    return ids;
  }

  List<Part> steps() {
    return steps;
  }

  /** The offset from which on there was nothing yet, as was last said, or -1. */
  long tail() {
    return tail;
  }

  /** The offset to go on with. */
  long next() {
    return next;
  }

  /** Whether it was said that nothing comes after that. */
  boolean isClosed() {
    return closed;
  }

  Answer read(Api api) throws IOException, InterruptedException {
    var request = api.request(about.from(begin) + "&live=sse").build();
    var response = api.client().send(request, BodyHandlers.ofInputStream());
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    InputStream body = response.body();
    if (response.statusCode() != 200) {
      return new Answer(response.statusCode(), headers, body.readAllBytes());
    }
    Thread ending = Thread.ofVirtual().start(() -> closeLater(body));
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, UTF_8))) {
      readEvents(lines);
    } catch (IOException e) {
      // The service has ended it, or this side has had enough.
    }
    ending.interrupt();
    return new Answer(200, headers, new byte[0]);
  }

  private void readEvents(BufferedReader lines) throws IOException {
    String type = "";
    List<String> data = new ArrayList<>();
    @Nullable String line;
    while ((line = lines.readLine()) != null) {
      if (line.startsWith("event:")) {
        type = line.substring("event:".length()).strip();
      } else if (line.startsWith("data:")) {
        data.add(line.substring("data:".length()));
      } else if (line.isEmpty()) {
        take(type, String.join("\n", data));
        data.clear();
      }
    }
  }

  private void take(String type, String data) throws IOException {
    if (type.equals("data")) {
      List<String> some = about.type().idsOfEvent(data);
      ids.addAll(some);
      untold += some.size();
    } else if (type.equals("control")) {
      control(JSON.readTree(data));
    }
  }

  private void control(JsonNode control) {
    long told = Long.parseLong(control.path("streamNextOffset").asText());
    steps.add(new Part(next, untold, told));
    next = told;
    untold = 0;
    tail = control.path("upToDate").asBoolean() ? told : tail;
    closed = control.path("streamClosed").asBoolean();
  }

  private void closeLater(InputStream body) {
    try {
      Thread.sleep(millis);
      body.close();
    } catch (InterruptedException | IOException e) {
      // It has ended before.
    }
  }
}
