package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dislog.history.Entry;
import io.dislog.history.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads in every format, mostly near the end. For one thread. */
final class Browser implements Worker {

  private static final Set<Integer> EXPECTED = Set.of(200, 410, 416);
  private static final Set<Integer> EXPECTED_OF_ONE = Set.of(200, 404, 410, 416);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration STREAM = Duration.ofMillis(600);
  private static final int MAX_EVENTS = 100;

  private final Caller caller;
  private final Random random;
  private final Frontier frontier;

  Browser(Caller caller, Frontier frontier) {
    this.caller = caller;
    this.random = caller.random();
    this.frontier = frontier;
  }

  @Override
  public void act() throws InterruptedException {
    String log = frontier.any(random);
    int back = random.nextInt(5) == 0 ? 2000 : 30;
    long offset = Math.max(0, frontier.end(log) - random.nextInt(back));
    String consistency =
        switch (random.nextInt(8)) {
          case 0 -> "consistency=local";
          case 1 -> "consistency=leader";
          default -> "clamp=false"; // Which is the default, as is what it is told by "consistency".
        };
    switch (random.nextInt(10)) {
      case 0 -> stream(log, offset);
      case 1, 2 -> one(log, offset, consistency.startsWith("clamp") ? "" : "?" + consistency);
      case 3, 4, 5 -> frames(log, offset, consistency);
      default -> json(log, offset, consistency);
    }
  }

  private void json(String log, long offset, String query) throws InterruptedException {
    String path = Api.records(log) + "?limit=40&offset=%d&%s".formatted(offset, query);
    Heard heard = caller.call(log, EXPECTED, api -> api.get(path));
    Answer answer = heard.answer();
    List<Entry> entries = new ArrayList<>();
    long tail = -1;
    if (answer != null && heard.isDone()) {
      JsonNode page = answer.json();
      page.path("records").forEach(record -> entries.add(entry(Received.of(record))));
      tail = page.path("upToDate").asBoolean() ? page.path("nextOffset").asLong() : -1;
    }
    caller.read(heard, isFresh(query), tail, entries);
  }

  private void frames(String log, long offset, String query) throws InterruptedException {
    String path = Api.records(log) + "?limit=40&offset=%d&%s".formatted(offset, query);
    Heard heard = caller.call(log, EXPECTED, api -> api.get(path, "Accept", Api.FRAMES));
    Answer answer = heard.answer();
    List<Entry> entries = new ArrayList<>();
    if (answer != null && heard.isDone()) {
      Frames.read(answer.body(), record -> entries.add(entry(record)));
    }
    long tail = heard.isDone() && entries.isEmpty() ? offset : -1;
    caller.read(heard, isFresh(query), tail, entries);
  }

  private void one(String log, long offset, String query) throws InterruptedException {
    String path = Api.records(log) + "/" + offset + query;
    Heard heard = caller.call(log, EXPECTED_OF_ONE, api -> api.get(path));
    Answer answer = heard.answer();
    List<Entry> entries = new ArrayList<>();
    if (answer != null && heard.isDone()) {
      String time = answer.headers().getOrDefault("Dislog-Timestamp", "");
      entries.add(
          new Entry(
              answer.number("Dislog-Offset"),
              Instant.parse(time).toEpochMilli(),
              Value.idOfRecord(answer.body())));
    }
    boolean atEnd = heard.problem().equals("unknown-record");
    caller.read(heard, isFresh(query), atEnd ? offset : -1, entries);
  }

  /** Takes what a live stream shows for a while. */
  private void stream(String log, long offset) throws InterruptedException {
    List<Entry> entries = new ArrayList<>();
    String path = Api.records(log) + "?offset=" + offset;
    Heard heard = caller.call(log, EXPECTED, api -> stream(api, path, entries));
    caller.read(heard, false, -1, entries);
  }

  private static Answer stream(Api api, String path, List<Entry> entries)
      throws IOException, InterruptedException {
    var request = api.request(path).header("Accept", "text/event-stream").build();
    var response = api.client().send(request, BodyHandlers.ofInputStream());
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    InputStream body = response.body();
    if (response.statusCode() != 200) {
      return new Answer(response.statusCode(), headers, body.readAllBytes());
    }
    Thread ending = Thread.ofVirtual().start(() -> closeAfter(body));
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, UTF_8))) {
      @Nullable String line;
      while (entries.size() < MAX_EVENTS && (line = lines.readLine()) != null) {
        if (line.startsWith("data:")) {
          entries.add(entry(Received.of(JSON.readTree(line.substring("data:".length())))));
        }
      }
    } catch (IOException e) {
      // The service has ended it, or this side has had enough; what was shown counts.
    }
    ending.interrupt();
    return new Answer(200, headers, new byte[0]);
  }

  private static void closeAfter(InputStream body) {
    try {
      Thread.sleep(STREAM);
      body.close();
    } catch (InterruptedException | IOException e) {
      // It has ended before.
    }
  }

  private static boolean isFresh(String query) {
    return !query.contains("local");
  }

  static Entry entry(Received record) {
    return new Entry(record.offset(), record.time(), Value.idOfRecord(record.value()));
  }
}
