package io.dislog.http.notation;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Percent-encoding (RFC 3986) of UTF-8; a plus is a plus. */
public final class Percent {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Percent() {}

  /**
   * Decodes printable ASCII with escapes.
   *
   * @return UTF-8, or null where an escape is broken, another character stands there or what comes
   *     out is not UTF-8
   */
  public static @Nullable ByteBuffer decode(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return null;
      }
      if (c != '%') {
        bytes.put((byte) c);
        continue;
      }
      if (i + 2 >= text.length() || !hex(text.charAt(i + 1)) || !hex(text.charAt(i + 2))) {
        return null;
      }
      bytes.put((byte) HexFormat.fromHexDigits(text, i + 1, i + 3));
      i += 2;
    }
    bytes.flip();
    return Utf8.invalidAt(bytes) < 0 ? bytes : null;
  }

  /** Encodes all but the unreserved characters. */
  public static String encode(ByteBuffer utf8) {
    StringBuilder text = new StringBuilder(utf8.remaining());
    for (int i = utf8.position(); i < utf8.limit(); i++) {
      byte b = utf8.get(i);
      if (unreserved(b)) {
        text.append((char) b);
      } else {
        text.append('%');
        HEX.toHexDigits(text, b);
      }
    }
    return text.toString();
  }

  private static boolean hex(char c) {
    return HexFormat.isHexDigit(c);
  }

  private static boolean unreserved(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '.'
        || b == '_'
        || b == '~';
  }
}
