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

/** An object with an array of record objects; see {@link JsonRecord}. */
public final class JsonBatchFormat implements BatchFormat {

  @Override
  public Batch parse(ByteBuffer body, Batch batch) {
    int invalidAt = Utf8.invalidAt(body);
    try (JsonParser json = Json.parser(body)) {
      expect(json.nextToken() == JsonToken.START_OBJECT, batch, "the body is not a JSON object");
      expect(json.nextToken() == JsonToken.FIELD_NAME, batch, "'records' is missing");
      expect(json.currentName().equals("records"), batch, "only 'records' is allowed here");
      expect(json.nextToken() == JsonToken.START_ARRAY, batch, "'records' is not an array");
      while (json.nextToken() != JsonToken.END_ARRAY) {
        JsonRecord record = new JsonRecord(batch.count(), body, json);
        batch.add(record.read());
        long end = body.position() + json.currentLocation().getByteOffset();
        expect(invalidAt < 0 || end <= invalidAt, batch.count() - 1, "it is not UTF-8");
      }
      expect(json.nextToken() == JsonToken.END_OBJECT, batch, "only 'records' is allowed here");
      expect(json.nextToken() == null, batch, "something follows the JSON object");
      expect(invalidAt < 0, batch, "the body is not UTF-8");
      return batch;
    } catch (JsonProcessingException e) {
      throw ProblemException.malformed(batch.count(), "not JSON: " + Json.flaw(body));
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't be read", e);
    }
  }

  private static void expect(boolean good, Batch batch, String otherwise) {
    expect(good, batch.count(), otherwise);
  }

  private static void expect(boolean good, int index, String otherwise) {
    if (!good) {
      throw ProblemException.malformed(index, otherwise);
    }
  }
}
