package io.dislog.http.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dislog.http.notation.JsonFlaw;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.Text;
import io.dislog.http.notation.Utf8;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** JSON as the service writes and reads it; safe for use by many threads. */
public final class Json {

  /** How deep arrays and objects may stand in one another. */
  public static final int MAX_DEPTH = 10_000;

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

  /**
   * How long a number may be in an object that is read whole: it is converted, as none in a batch
   * is.
   */
  private static final int MAX_DIGITS = 1000;

  /** Of an object that is read whole; its tree takes some hundred bytes for each value. */
  private static final int MAX_OBJECT_BYTES = 1 << 20;

  private static final int MAX_TOKENS = 50_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(Integer.MAX_VALUE)
                          .maxNameLength(Integer.MAX_VALUE)
                          .maxNumberLength(MAX_DIGITS)
                          .maxTokenCount(MAX_TOKENS)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** What writes a document. */
  public interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  /** A document, whole. */
  public static byte[] bytes(Content content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = generator(out)) {
      content.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't be written to", e);
    }
    return out.toByteArray();
  }

  /** A generator whose bytes go to a stream as it likes; closing it leaves the stream open. */
  public static JsonGenerator generator(OutputStream out) throws IOException {
    JsonGenerator json = FACTORY.createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    return json;
  }

  /** A parser of UTF-8 alone, whose byte offsets count from the first of these bytes. */
  public static JsonParser parser(ByteBuffer utf8) throws IOException {
    return FACTORY.createParser(
        utf8.array(), utf8.arrayOffset() + utf8.position(), utf8.remaining());
  }

  /** Why a parser of {@link #parser} did not take a text for JSON; its own words are for us. */
  public static String flaw(ByteBuffer utf8) {
    return flaw(utf8, Integer.MAX_VALUE);
  }

  /**
   * Reads one JSON object.
   *
   * @param duplicate what a member that stands twice is refused as
   * @throws ProblemException as a bad request where it is not a JSON object in UTF-8
   */
  public static JsonNode object(ByteBuffer body, ProblemType duplicate) {
    if (!body.hasRemaining()) {
      throw ProblemException.badRequest("the body is empty where a JSON object is expected");
    }
    if (body.remaining() > MAX_OBJECT_BYTES) {
      throw new ProblemException(Body.tooLarge(MAX_OBJECT_BYTES));
    }
    int invalidAt = Utf8.invalidAt(body);
    if (invalidAt >= 0) {
      throw ProblemException.badRequest(
          "the body is not UTF-8 from byte %d on".formatted(invalidAt - body.position()));
    }
    try {
      JsonNode node = MAPPER.readTree(Utf8.decode(body));
      if (!node.isObject()) {
        throw ProblemException.badRequest("the body is not a JSON object");
      }
      return node;
    } catch (MismatchedInputException e) {
      throw isOneValue(body)
          ? new ProblemException(
              duplicate, "the member '%s' appears more than once".formatted(member(e)))
          : ProblemException.badRequest("the body is not JSON: " + flaw(body, MAX_DIGITS));
    } catch (JsonProcessingException e) {
      throw ProblemException.badRequest(
          isOneValue(body)
              ? "the body has more than %d names and values".formatted(MAX_TOKENS)
              : "the body is not JSON: " + flaw(body, MAX_DIGITS));
    }
  }

  /** Whether these bytes are one JSON value in UTF-8. */
  public static boolean isValue(ByteBuffer bytes) {
    return Utf8.invalidAt(bytes) < 0 && JsonFlaw.in(bytes, MAX_DEPTH, Integer.MAX_VALUE) == null;
  }

  private static boolean isOneValue(ByteBuffer utf8) {
    return JsonFlaw.in(utf8, MAX_DEPTH, MAX_DIGITS) == null;
  }

  private static String flaw(ByteBuffer utf8, int maxDigits) {
    String flaw = JsonFlaw.in(utf8, MAX_DEPTH, maxDigits);
    return flaw == null ? "it can't be read" : flaw;
  }

  /** The member that was being read. */
  private static String member(MismatchedInputException e) {
    if (!(e.getProcessor() instanceof JsonParser parser)) {
      return "";
    }
    JsonStreamContext context = parser.getParsingContext();
    // Within a value that is an array or an object, the name is the one of what this stands in.
    String name =
        context.getCurrentName() == null && context.getParent() != null
            ? context.getParent().getCurrentName()
            : context.getCurrentName();
    return name == null ? "" : Text.safe(name);
  }
}
