package io.dislog.http.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.JsonString;
import io.dislog.http.notation.Text;
import io.dislog.http.notation.Utf8;
import io.dislog.log.Record;
import io.dislog.log.Record.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One record object of a JSON batch: exactly one of {@code value}, {@code json} and {@code base64},
 * and at most a {@code key} and {@code headers}. Used by one thread.
 */
final class JsonRecord {

  private final int index;
  private final ByteBuffer body;
  private final JsonParser json;
  private final Set<String> members = new HashSet<>();
  private @Nullable ByteBuffer value;
  private @Nullable ByteBuffer key;
  private List<Header> headers = List.of();

  /**
   * @param index of the record in its batch
   * @param body which the parser reads
   * @param json at the token with which the record begins
   */
  JsonRecord(int index, ByteBuffer body, JsonParser json) {
    this.index = index;
    this.body = body;
    this.json = json;
  }

  Record read() throws IOException {
    expect(json.currentToken() == JsonToken.START_OBJECT, "it is not an object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String member = json.currentName();
      expect(members.add(member), "a member appears more than once");
      json.nextToken();
      readMember(member);
    }
    if (value == null) {
      throw ProblemException.malformed(index, "one of value, json and base64 is missing");
    }
    return new Record(key, headers, value);
  }

  private void readMember(String member) throws IOException {
    switch (member) {
      case "value" -> setValue(string("value"));
      case "json" -> setValue(JsonSlice.of(body, json));
      case "base64" -> setValue(base64());
      case "key" -> key = string("key");
      case "headers" -> headers = headers();
      default ->
          throw ProblemException.malformed(index, "unknown member '" + Text.safe(member) + "'");
    }
  }

  private void setValue(ByteBuffer bytes) {
    expect(value == null, "only one of value, json and base64 is allowed");
    value = bytes;
  }

  private List<Header> headers() throws IOException {
    expect(json.currentToken() == JsonToken.START_OBJECT, "'headers' is not an object");
    Headers gathered = new Headers(index);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      ByteBuffer name = Utf8.encode(json.currentName());
      if (name == null) {
        throw ProblemException.malformed(index, "a header's name has half a surrogate pair");
      }
      json.nextToken();
      gathered.add(name, string("a header's value"));
    }
    return gathered.list();
  }

  private ByteBuffer base64() throws IOException {
    ByteBuffer text = string("base64");
    expect(text.remaining() % 4 == 0, "'base64' is not padded");
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.malformed(index, "'base64' is not Base64");
    }
  }

  private ByteBuffer string(String what) throws IOException {
    expect(json.currentToken() == JsonToken.VALUE_STRING, what + " is not a string");
    ByteBuffer text = JsonString.at(body, JsonSlice.start(body, json));
    if (text == null) {
      json.finishToken();
      throw ProblemException.malformed(index, what + " has half a surrogate pair");
    }
    return text;
  }

  private void expect(boolean good, String otherwise) {
    if (!good) {
      throw ProblemException.malformed(index, otherwise);
    }
  }
}
