package io.dislog.http.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dislog.http.notation.JsonString;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a body that are the value at which a parser of it stands. */
final class JsonSlice {

  private JsonSlice() {}

  /** The value as it was sent; the parser goes to its end. */
  static ByteBuffer of(ByteBuffer body, JsonParser json) throws IOException {
    int from = start(body, json);
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return body.slice(from, JsonString.sizeAt(body, from));
    }
    json.skipChildren();
    int to = body.position() + (int) json.currentLocation().getByteOffset();
    return body.slice(from, to - from);
  }

  /** Where in the body the parser's token begins. */
  static int start(ByteBuffer body, JsonParser json) {
    return body.position() + (int) json.currentTokenLocation().getByteOffset();
  }
}
