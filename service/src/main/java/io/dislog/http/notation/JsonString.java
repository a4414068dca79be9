package io.dislog.http.notation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A JSON string within a body of UTF-8: its bytes serve as they are unless it has an escape.
 *
 * <p>What it is given is checked by the parser that found it, before or after: where a string does
 * not end or has an escape that there is none, nothing is promised but that no byte outside of the
 * body is touched.
 */
public final class JsonString {

  private JsonString() {}

  /**
   * The text, in UTF-8.
   *
   * @param quote where the opening quote stands
   * @return null where an escape is half a surrogate pair
   */
  public static @Nullable ByteBuffer at(ByteBuffer body, int quote) {
    int end = quote + sizeAt(body, quote) - 1;
    ByteBuffer text = body.slice(quote + 1, Math.max(0, end - quote - 1));
    for (int i = 0; i < text.limit(); i++) {
      if (text.get(i) == '\\') {
        return unescape(text);
      }
    }
    return text;
  }

  /** Bytes from the opening quote to the closing one, both counted. */
  public static int sizeAt(ByteBuffer body, int quote) {
    for (int i = quote + 1; i < body.limit(); i++) {
      byte b = body.get(i);
      if (b == '"') {
        return i + 1 - quote;
      }
      if (b == '\\') {
        i++;
      }
    }
    return body.limit() - quote;
  }

  private static @Nullable ByteBuffer unescape(ByteBuffer text) {
    ByteBuffer plain = ByteBuffer.allocate(text.limit());
    int at = 0;
    while (at < text.limit()) {
      byte b = text.get(at++);
      if (b != '\\' || at == text.limit()) {
        plain.put(b);
        continue;
      }
      byte escaped = text.get(at++);
      if (escaped != 'u') {
        plain.put(simple(escaped));
        continue;
      }
      int character = hex(text, at);
      at += 4;
      if (character >= 0xD800 && character <= 0xDFFF) {
        boolean pair =
            character < 0xDC00 && at + 6 <= text.limit() && text.getShort(at) == 0x5C75; // \\u
        int low = pair ? hex(text, at + 2) : 0;
        if (low < 0xDC00 || low > 0xDFFF) {
          return null;
        }
        character = Character.toCodePoint((char) character, (char) low);
        at += 6;
      }
      plain.put(Character.toString(character).getBytes(StandardCharsets.UTF_8));
    }
    return plain.flip();
  }

  private static byte simple(byte escaped) {
    return switch (escaped) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> escaped;
    };
  }

  private static int hex(ByteBuffer text, int at) {
    int value = 0;
    for (int i = at; i < Math.min(at + 4, text.limit()); i++) {
      value = (value << 4) | Math.max(0, Character.digit(text.get(i), 16));
    }
    return value;
  }
}
