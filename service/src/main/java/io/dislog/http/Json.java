package io.dislog.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** JSON as the service writes and reads it; safe for use by many threads. */
final class Json {

  /** How deep arrays and objects may stand in one another. */
  static final int MAX_DEPTH = 10_000;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .rootValueSeparator("")
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** What writes a document. */
  interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  /** A document, whole. */
  static byte[] bytes(Content content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = generator(out)) {
      content.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't be written to", e);
    }
    return out.toByteArray();
  }

  /** A generator whose bytes go to a stream as it likes; closing it leaves the stream open. */
  static JsonGenerator generator(OutputStream out) throws IOException {
    JsonGenerator json = FACTORY.createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    return json;
  }

  /** A parser of UTF-8 alone, whose byte offsets count from the first of these bytes. */
  static JsonParser parser(ByteBuffer utf8) throws IOException {
    return FACTORY.createParser(
        utf8.array(), utf8.arrayOffset() + utf8.position(), utf8.remaining());
  }

  /**
   * Reads one JSON object.
   *
   * @param duplicate what a member that stands twice is refused as
   * @throws Refused as a bad request where it is not a JSON object in UTF-8
   */
  static JsonNode object(ByteBuffer body, ProblemType duplicate) {
    if (Utf8.invalidAt(body) >= 0) {
      throw Refused.badRequest("the body is not UTF-8");
    }
    try {
      JsonNode node = MAPPER.readTree(StandardCharsets.UTF_8.decode(body.duplicate()).toString());
      if (!node.isObject()) {
        throw Refused.badRequest("the body is not a JSON object");
      }
      return node;
    } catch (MismatchedInputException e) {
      throw e.getOriginalMessage().startsWith("Duplicate field")
          ? new Refused(duplicate, "a member stands twice")
          : Refused.badRequest("the body is not one JSON object");
    } catch (JsonProcessingException e) {
      throw Refused.badRequest("the body is not JSON: " + Text.safe(e.getOriginalMessage()));
    }
  }
}
