package io.dislog.http.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.dislog.http.exchange.Json;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.Utf8;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** A JSON array of which each element is a record, or any other JSON value, which is one. */
public final class JsonArrayFormat implements BatchFormat {

  @Override
  public Batch parse(ByteBuffer body, Batch batch) {
    int invalidAt = Utf8.invalidAt(body);
    if (invalidAt >= 0) {
      throw ProblemException.malformed(
          0, "not UTF-8 from byte %d of the body on".formatted(invalidAt - body.position()));
    }
    try (JsonParser json = Json.parser(body)) {
      JsonToken first = json.nextToken();
      if (first == JsonToken.START_ARRAY) {
        addElements(body, json, batch);
      } else if (first != null) {
        batch.add(JsonSlice.of(body, json));
      }
      if (first == null || json.nextToken() != null) {
        throw ProblemException.malformed(batch.count(), "not JSON: " + Json.flaw(body));
      }
      return batch;
    } catch (JsonProcessingException e) {
      throw ProblemException.malformed(batch.count(), "not JSON: " + Json.flaw(body));
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't be read", e);
    }
  }

  private static void addElements(ByteBuffer body, JsonParser json, Batch batch)
      throws IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      batch.add(JsonSlice.of(body, json));
    }
  }
}
