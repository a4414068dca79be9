package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.function.Consumer;

/** The formats in which a log can be read. */
enum Format {
  JSON("application/json") {
    @Override
    void parse(byte[] body, Consumer<Received> to) throws IOException {
      JsonNode page = READER.readTree(body);
      page.path("records").forEach(object -> to.accept(Received.of(object)));
    }
  },

  LINES(Api.NDJSON) {
    @Override
    void parse(byte[] body, Consumer<Received> to) throws IOException {
      try (MappingIterator<JsonNode> lines = READER.readValues(body)) {
        while (lines.hasNext()) {
          to.accept(Received.of(lines.next()));
        }
      }
    }
  },

  FRAMES(Api.FRAMES) {
    @Override
    void parse(byte[] body, Consumer<Received> to) {
      Frames.read(body, to);
    }
  };

  private static final ObjectReader READER = new ObjectMapper().readerFor(JsonNode.class);

  private final String type;

  Format(String type) {
    this.type = type;
  }

  /** Takes the records out of an answer's body. */
  abstract void parse(byte[] body, Consumer<Received> to) throws IOException;

  /**
   * Reads a log from its earliest record to its end, page by page.
   *
   * @param maxBytes of values in a page
   */
  void readAll(Api api, String log, String maxBytes, Consumer<Received> to)
      throws IOException, InterruptedException {
    long end = api.describe(log).get("endOffset").asLong();
    long next = api.describe(log).get("earliestOffset").asLong();
    while (next < end) {
      String query = "?limit=10000&maxBytes=%s&clamp=true&offset=%d".formatted(maxBytes, next);
      Answer page = api.get(Api.records(log) + query, "Accept", type).is(200);
      assertThat(page.header("Content-Type")).startsWith(type);
      parse(page.body(), to);
      long after = page.number("Dislog-Next-Offset");
      assertThat(after).isGreaterThan(next);
      next = after;
    }
  }
}
